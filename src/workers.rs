//! Many things at once, on all cores: files of a folder, lines of a register. Who reads them says what is done with each.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Items of a batch for each core: what was read of a batch is let go of before the next, so that no number of files fills the
/// memory, and there are few enough batches that starting threads costs nothing.
const A_CORE: usize = 32;

/// Does this for every item with its place, on all cores, in no order, until it is told to stop.
pub fn on_all_cores<I: Sync>(items: &[I], stop: &AtomicBool, work: impl Fn(usize, &I) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((place, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|place| Some((place, items.get(place)?))) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            work(place, item);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..num_cores().min(items.len())).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
}

/// Reads every item on all cores and takes what came of each in their order, until it is told to stop. Taken is never more than a
/// batch at once.
pub fn in_order<I: Sync, T: Send>(items: &[I], stop: &AtomicBool, read: impl Fn(&I) -> T + Sync, mut take: impl FnMut(&I, T)) {
    for batch in items.chunks(num_cores() * A_CORE) {
        let done = Mutex::new(Vec::with_capacity(batch.len()));
        on_all_cores(batch, stop, |place, item| {
            let value = read(item);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, value));
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_unstable_by_key(|(place, _)| *place);
        for (place, value) in done {
            if let Some(item) = batch.get(place) {
                take(item, value);
            }
        }
    }
}

/// What `read` makes of every item, on all cores, in their order.
pub fn each<I: Sync, T: Send>(items: &[I], read: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let mut all = Vec::with_capacity(items.len());
    in_order(items, &AtomicBool::new(false), read, |_, made| all.push(made));
    all
}

/// Two things at the same time; the second is done here.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

/// Lines that are worth a start of their own.
pub const MANY: usize = 4_000;

/// What `work` makes of many lines, some thousands at a time on all cores, in their order.
pub fn in_parts<I: Sync, T: Send>(lines: &[I], work: impl Fn(&[I]) -> Vec<T> + Sync) -> Vec<T> {
    let mut all = Vec::new();
    in_parts_onto(&mut all, lines, work);
    all
}

/// As [`in_parts`], behind what is there already.
pub fn in_parts_onto<I: Sync, T: Send>(all: &mut Vec<T>, lines: &[I], work: impl Fn(&[I]) -> Vec<T> + Sync) {
    all.reserve(lines.len());
    let parts: Vec<&[I]> = lines.chunks(MANY).collect();
    in_order(&parts, &AtomicBool::new(false), |part| work(part), |_, mut made| all.append(&mut made));
}

fn num_cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
