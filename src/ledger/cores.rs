//! Work on many lines, shared among the cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Lines that are worth a thread of their own.
const MANY: usize = 4_000;

/// What `work` makes of the items, part by part on all cores, in their order.
pub(super) fn in_parts<I: Sync, T: Send>(items: &[I], work: impl Fn(&[I]) -> Vec<T> + Sync) -> Vec<T> {
    let num_cores = thread::available_parallelism().map_or(1, NonZero::get);
    let part = items.len().div_ceil(num_cores).max(MANY);
    if items.len() <= part {
        return work(items);
    }
    thread::scope(|scope| {
        let work = &work;
        let parts: Vec<_> = items.chunks(part).map(|items| scope.spawn(move || work(items))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}
