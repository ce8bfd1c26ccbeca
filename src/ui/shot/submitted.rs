//! The example as a supervisor gets it: its fault mended, last year's report taken in, what the rules ask about explained.

use std::sync::Arc;

use crate::form::Form;
use crate::model::{Action, Draft, Edit, Entry, LastYear, Person, Prior, PriorSource, Role};
use crate::session::Session;

/// The cell with the example's fault, and the figure that belongs there.
const MENDED: (&str, &str) = ("unable1.nat", "12");

/// Where last year's figures were others than this year's.
const LAST_YEAR: [(&str, &str); 7] = [
    ("new.nat", "10"),
    ("new.biz", "1"),
    ("new.law", "0"),
    ("new.oth", "0"),
    ("new.sum", "11"),
    ("carry_out.nat", "3"),
    ("carry_out.oth", "0"),
];

/// What is said of a document that is no longer valid, and of three times as many requests.
const REASONS: [(&str, &str); 2] =
    [("R30", "一份管理办法年底有效期满自行失效，没有另行废止"), ("R40", "城区改造今年启动，征收补偿类申请集中，已逐件核对登记簿")];

/// When it was handed in.
const SUBMITTED: &str = "2026-01-20T02:00:00Z";

/// The example, submitted; none where that is refused, which a test keeps from happening.
pub fn submitted(form: &Arc<Form>, example: Draft) -> Option<Draft> {
    let mut prior = Prior::new(example.agency.clone(), example.year - 1, &form.id, PriorSource::Published, None);
    for (cell, spec) in form.cells() {
        let other = LAST_YEAR.iter().find(|(key, _)| *key == &*spec.key).map(|(_, text)| (*text).to_owned());
        prior.put_figure(&spec.key, &other.unwrap_or_else(|| example.entry(cell).text()));
    }
    let mut session = Session::new(Arc::clone(form), example);
    let (key, text) = MENDED;
    let cell = form.cell_by_key(key)?;
    let mended = Edit::cell(cell, Entry::read(form.cell(cell).kind, text));
    session.apply(vec![mended, Edit::last_year(LastYear::Report(Arc::new(prior)))]);
    for (rule, text) in REASONS {
        let asked = session.fails().find(|found| *form.rule(form.check(found.check)).id == *rule);
        let reason = session.reason_edit(asked?, text).ok()?;
        session.apply(vec![reason]);
    }
    session.set_person(Some(Person { name: "李小林".into(), role: Role::Clerk }));
    session.act(Action::Submit, "", SUBMITTED.parse().ok()?).ok()?;
    Some(session.draft().clone())
}
