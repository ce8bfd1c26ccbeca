//! Registers in the styles of many offices (`tests/cases/ledger`, all invented), each with its truth: line, the cells it counts in,
//! `-` for a line that counts nowhere, `?` for one that only the office can settle; `x2` where it is two requests.

use gouji::ledger::{self, Answers, Register, State};
use gouji::read::lines::Sheet;
use rust_xlsxwriter::{Format, Workbook};

use super::count;
use crate::support::{catalog, names, project};

/// A register, its report year, and the truth of its lines.
type Kind = (Register, u16, Vec<(u32, String)>);

/// All of them.
pub fn kinds() -> Vec<Kind> {
    let folder = project().join("tests/cases/ledger");
    let of = |name: &str| {
        let truth = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let csv = format!("{name}.csv");
        let register = ledger::open(&csv, &std::fs::read(folder.join(&csv)).unwrap()).unwrap();
        let (head, rest) = truth.split_once('\n').unwrap();
        let line = |line: &str| line.split_once(' ').map(|(no, cells)| (no.parse().unwrap(), cells.to_owned())).unwrap();
        (register, head.trim_start_matches("year ").parse().unwrap(), rest.lines().map(line).collect())
    };
    names(&folder).iter().filter_map(|name| name.strip_suffix(".txt")).map(of).collect()
}

#[test]
fn nothing_is_claimed_certain_that_is_not_so_in_registers_of_many_offices() {
    let (mut num_lines, mut num_settled, mut wrong) = (0, 0, Vec::new());
    let all = kinds();
    assert!(all.len() >= 16, "{}", all.len());
    for (register, year, truth) in &all {
        let counted = count(register, *year, &Answers::default());
        let form = catalog().for_year(*year).unwrap();
        let mut settled = 0;
        for (line, cells) in truth {
            let Some(item) = counted.items.iter().find(|item| item.place.line == *line) else {
                wrong.push(format!("{} line {line} is not read", register.name));
                continue;
            };
            let found: Vec<&str> = item.cells.iter().map(|cell| &*form.cell(*cell).key).collect();
            let times = if item.count == 1 { String::new() } else { format!(" x{}", item.count) };
            let said = match item.state {
                State::Certain => found.join(" ") + &times,
                State::Nowhere(_) => "-".to_owned(),
                State::Proposed | State::Open => continue,
            };
            settled += 1;
            if said != *cells {
                wrong.push(format!("{} line {line}: {said} instead of {cells}", register.name));
            }
        }
        println!("{}: {settled} of {} lines settled without a question", register.name, truth.len());
        (num_lines, num_settled) = (num_lines + truth.len(), num_settled + settled);
    }
    println!("{} registers: {num_settled} of {num_lines} lines settled without a question", all.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Many of them are made of what has to be asked.
    assert!(num_settled * 3 > num_lines, "{num_settled} of {num_lines}");
}

/// Two sheets by half-year, months merged down, days as numbers; a row left out by a filter, a hidden sheet of the year before.
fn half_years() -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy/m/d");
    let half = |book: &mut Workbook, name: &str, lines: &[(&str, f64, &str, f64, &str)]| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "青禾县水务局2025年依申请公开台账").unwrap();
        for (column, head) in (0_u16..).zip(["月份", "编号", "收到日期", "申请人", "申请人类型", "申请内容", "答复日期", "答复类型"])
        {
            sheet.write(1, column, head).unwrap();
        }
        for (row, (number, received, who, answered, outcome)) in (2_u32..).zip(lines) {
            sheet.write(row, 1, *number).unwrap();
            sheet.write_number_with_format(row, 2, *received, &day).unwrap();
            sheet.write(row, 3, *who).unwrap();
            sheet.write(row, 4, "自然人").unwrap();
            sheet.write(row, 5, format!("图{number}")).unwrap();
            sheet.write_number_with_format(row, 6, *answered, &day).unwrap();
            sheet.write(row, 7, *outcome).unwrap();
        }
        sheet.merge_range(2, 0, 3, 0, "1月", &Format::new()).unwrap();
    };
    half(&mut book, "上半年", &[("1", 45665.0, "王某", 45675.0, "予以公开"), ("2", 45670.0, "李某", 45680.0, "信息不存在")]);
    half(&mut book, "下半年", &[("3", 45865.0, "赵某", 45875.0, "予以公开"), ("4", 45870.0, "钱某", 45880.0, "部分公开")]);
    half(&mut book, "2024年", &[("5", 45465.0, "孙某", 45475.0, "予以公开"), ("6", 45470.0, "周某", 45480.0, "部分公开")]);
    book.worksheet_from_name("下半年").unwrap().set_row_hidden(3).unwrap();
    book.worksheet_from_name("2024年").unwrap().set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn what_nobody_sees_is_asked_or_said() {
    let register = ledger::open("a.xlsx", &half_years()).unwrap();
    let hidden: Vec<bool> = register.sheets.iter().map(|sheet: &Sheet| sheet.is_hidden).collect();
    assert_eq!(hidden, [false, false, true]);
    let counted = count(&register, 2025, &Answers::default());
    let states: Vec<_> = counted.items.iter().map(|item| (item.place.sheet, item.place.line, item.state)).collect();
    assert_eq!(states, [(0, 3, State::Certain), (0, 4, State::Certain), (1, 3, State::Certain), (1, 4, State::Open)]);
    let [question] = counted.questions.as_slice() else { panic!("{:?}", counted.questions) };
    assert_eq!(question.word, "隐藏的行");
    assert!(counted.remarks.iter().any(|remark| remark.why.contains("2024年") && remark.why.contains("隐藏")), "{:?}", counted.remarks);
}

#[test]
fn what_the_office_decided_is_told_with_its_year_and_what_it_was() {
    let form = catalog().for_year(2025).unwrap();
    let read = |text: &str| Answers::read(text).unwrap();
    let last = read("(outcomes: {\"已合并\": \"skip\", \"寄出\": \"open\"})").dated(&Answers::default(), 2024);
    let mut now = last.clone();
    now.outcomes.insert("已合并".to_owned(), "noproc2".to_owned());
    now.applicants.insert("大学".to_owned(), "sci".to_owned());
    let now = read(&now.dated(&last, 2025).write().unwrap());
    let told: Vec<_> = now.decisions(&form).into_iter().map(|decision| (decision.word, decision.year, decision.before)).collect();
    let of = |word: &str, year, before: Option<&str>| (word.to_owned(), Some(year), before.map(str::to_owned));
    assert_eq!(told, [of("大学", 2025, None), of("寄出", 2024, None), of("已合并", 2025, Some("不是申请，不计"))]);
}
