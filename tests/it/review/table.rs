//! Every status × action × role, as one table on paper, and long walks through it.

use std::fmt::Write as _;

use super::{ActionKind, Role, Status, Workflow, project, step};

/// All that can come of it, as `tests/cases/review/table.txt` holds it.
fn table() -> String {
    let mut text = String::new();
    let workflows = [
        ("常用：审核、保密审查、签发", Workflow::default()),
        ("全部环节：初审、审核、保密审查、签发", Workflow { has_first_review: true, ..Workflow::default() }),
        ("最少：审核、签发", Workflow { has_secrecy: false, ..Workflow::default() }),
    ];
    for (name, workflow) in workflows {
        writeln!(text, "# {name}").unwrap();
        for status in Status::ALL {
            for kind in ActionKind::ALL {
                for role in Role::ALL {
                    let came = match step(status, kind, role, workflow) {
                        Ok(next) if next == status => "可以".to_owned(),
                        Ok(next) => format!("→ {next}"),
                        Err(objection) => format!("不可以：{objection}"),
                    };
                    writeln!(text, "{status}　{kind}　{role}　{came}").unwrap();
                }
            }
        }
    }
    text
}

#[test]
fn every_status_deed_and_role_is_decided_as_on_paper() {
    let path = project().join("tests/cases/review/table.txt");
    let table = table();
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        crate::support::put(&path, table.as_bytes());
    }
    let paper = std::fs::read_to_string(&path).unwrap();
    let differs = paper.lines().zip(table.lines()).find(|(paper, table)| paper != table);
    assert_eq!(differs, None);
    assert_eq!(paper.lines().count(), table.lines().count());
    assert_eq!(table.lines().filter(|line| !line.starts_with('#')).count(), 3 * 9 * 15 * 4);
}

#[test]
fn from_every_status_somebody_can_go_on_and_only_a_clerk_edits() {
    for status in Status::ALL {
        let moves = ActionKind::ALL.iter().flat_map(|kind| Role::ALL.map(|role| step(status, *kind, role, Workflow::default())));
        assert!(moves.flatten().any(|next| next != status), "{status} is a dead end");
        for role in Role::ALL {
            let may_edit = step(status, ActionKind::Edit, role, Workflow::default()).is_ok();
            assert_eq!(may_edit, role == Role::Clerk && matches!(status, Status::Draft | Status::Returned), "{status} {role}");
        }
    }
}
