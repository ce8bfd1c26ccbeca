//! Registers made up from hidden codes: what each line is, is settled before a word of it is written.

use crate::support::Dice;

/// A register with what is true of its lines.
pub struct MadeUp {
    pub year: u16,
    pub text: String,
    /// Line in the file, its cells, its requests; no cells: counts nowhere.
    pub truth: Vec<(u32, Vec<String>, u32)>,
}

/// Year, month, day.
type Day = (i32, u32, u32);

/// How a register is kept.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of how a register is kept")]
struct Style {
    has_kind: bool,
    has_number: bool,
    is_split: bool,
    is_yearless: bool,
    has_months: bool,
    has_two_heads: bool,
    separator: char,
}

const NAMES: [&str; 12] =
    ["赵某", "钱某华", "孙某某", "李**", "周小明", "吴芳", "郑某", "欧阳某", "曾某玉", "高某（某公司职工）", "陈女士", "马某"];
const BODIES: [(&str, &[&str]); 5] = [
    ("biz", &["云溪青石科技有限公司", "兰亭物业服务有限公司", "云溪钢铁厂", "青禾银行云溪支行"]),
    ("sci", &["云溪农业科学研究院", "兰亭环境研究所"]),
    ("ngo", &["云溪环保志愿者协会", "青禾教育基金会", "兰亭助学促进会"]),
    ("law", &["云溪正平律师事务所", "青禾法律服务所"]),
    ("oth", &["兰亭小区业主委员会", "青禾镇石桥村村民委员会"]),
];
/// Bodies that may stand in two columns.
const UNSURE: [(&str, &str); 5] =
    [("sci", "云溪大学"), ("oth", "云溪晚报社"), ("biz", "青禾果蔬专业合作社"), ("oth", "云溪市第二中学"), ("nat", "青禾五金店（个体）")];
const KINDS: [(&str, &[&str]); 6] = [
    ("nat", &["自然人", "公民", "个人"]),
    ("biz", &["商业企业", "公司"]),
    ("sci", &["科研机构"]),
    ("ngo", &["社会公益组织", "公益组织"]),
    ("law", &["法律服务机构", "律所"]),
    ("oth", &["其他", "其他组织"]),
];
const WORDS: [(&str, &[&str]); 21] = [
    ("open", &["予以公开", "同意公开", "公开", "已主动公开，告知获取方式", "公开（复印件2份）", "已提供", "予以公开，邮寄送达"]),
    ("partial", &["部分公开", "同意部分公开", "区分处理", "部分公开（隐去个人信息）"]),
    ("deny1", &["国家秘密不予公开", "涉及国家秘密，不予公开"]),
    ("deny2", &["法律行政法规禁止公开"]),
    ("deny3", &["危及“三安全一稳定”，不予公开"]),
    ("deny4", &["不予公开（第三方不同意）", "商业秘密不予公开", "涉及个人隐私，不公开", "保护第三方合法权益"]),
    ("deny5", &["不予公开-内部事务信息", "内部管理信息，不予公开"]),
    ("deny6", &["不予公开（过程性信息）", "过程性信息"]),
    ("deny7", &["行政执法案卷，不予公开", "不予公开：执法案卷"]),
    ("deny8", &["行政查询事项", "不动产登记资料，告知查询途径"]),
    ("unable1", &["信息不存在", "非本机关", "本机关不掌握", "经检索，没有该信息", "不属于本机关公开，建议向云溪市水务局申请"]),
    ("unable2", &["需另行制作", "没有现成信息，需要另行制作"]),
    ("unable3", &["补正后仍不明确"]),
    ("noproc1", &["信访、举报、投诉类", "属投诉", "信访事项"]),
    ("noproc2", &["重复申请", "重复申请，不予重复处理"]),
    ("noproc3", &["要求提供公开出版物"]),
    ("noproc4", &["大量反复申请"]),
    ("noproc5", &["要求重新出具"]),
    ("other1", &["逾期未补正，不再处理", "逾期不补正视为放弃"]),
    ("other2", &["逾期未缴费"]),
    ("other3", &["申请人撤回", "撤回申请"]),
];
/// Words that leave it open, or lead astray whoever reads one of them only: row and word.
const TRAPS: [(&str, &str); 22] = [
    ("unable3", "已答复"),
    ("deny4", "延期答复"),
    ("partial", "公开，隐去身份证号"),
    ("partial", "部分公开，其余不存在"),
    ("partial", "合同公开，报价不予公开"),
    ("deny4", "不予公开"),
    ("other3", "转信访部门处理"),
    ("noproc1", "咨询"),
    ("deny6", "内部会议记录，不公开"),
    ("unable1", "档案馆"),
    ("deny8", "告知到信访局查询"),
    ("deny7", "案卷"),
    ("deny5", "未公开"),
    ("unable1", "公开职责不在我局，没有"),
    ("other3", "其他"),
    ("unable1", "告知向区档案馆申请公开"),
    ("noproc2", "重复"),
    ("unable2", "没有这个统计"),
    ("deny6", "正在讨论，暂不公开"),
    ("other1", "公开前申请人不再联系"),
    ("deny4", "第三方同意后撤回同意"),
    ("unable1", "非过程性信息，我局没有"),
];

/// One register from this seed.
pub fn made_up(seed: u64) -> MadeUp {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let year = 2019 + u16::try_from(dice.roll(7)).unwrap();
    let style = Style {
        has_kind: dice.roll(2) == 0,
        has_number: dice.roll(4) > 0,
        is_split: dice.roll(4) == 0,
        is_yearless: dice.roll(3) == 0,
        has_months: dice.roll(3) == 0,
        has_two_heads: dice.roll(3) == 0,
        separator: dice.pick(&[',', ',', '\t', ';']),
    };
    let mut made = MadeUp { year, text: String::new(), truth: Vec::new() };
    let mut lines = head(&style, year, &mut dice);
    let mut serial = 0;
    for _ in 0..20 + dice.roll(60) {
        serial += 1;
        if style.has_months && dice.roll(8) == 0 {
            lines.push(vec![format!("{}月", 1 + dice.roll(12))]);
        }
        if dice.roll(25) == 0 {
            lines.push(vec!["小计".to_owned(), format!("{}件", dice.roll(9))]);
        }
        let no = u32::try_from(lines.len()).unwrap() + 1;
        let (line, cells) = request(&style, year, serial, &mut dice);
        made.truth.push((no, cells, 1));
        // The same line again, when it can be told by its number.
        if style.has_number && dice.roll(30) == 0 {
            lines.push(line.clone());
            made.truth.push((no + 1, Vec::new(), 1));
        }
        lines.push(line);
    }
    lines.push(vec!["合计".to_owned(), serial.to_string()]);
    lines.push(vec!["填表人：陈某　审核人：刘某".to_owned()]);
    let lines: Vec<String> =
        lines.iter().map(|cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&style.separator.to_string())).collect();
    made.text = lines.join("\r\n");
    made
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '\t']) { format!("\"{cell}\"") } else { cell.to_owned() }
}

fn head(style: &Style, year: u16, dice: &mut Dice) -> Vec<Vec<String>> {
    let title = dice.pick(&["云溪市水务局@年政府信息依申请公开台账", "依申请公开登记表（@年）", "@年度信息公开申请受理情况"]);
    let mut lines = vec![vec![title.replace('@', &year.to_string())]];
    let mut names: Vec<&str> = Vec::new();
    if style.has_number {
        names.push(dice.pick(&["登记编号", "受理号", "编号"]));
    }
    names.push(dice.pick(&["收件日期", "收到时间", "来件时间", "申请时间", "受理日期"]));
    if style.is_split {
        names.extend(["申请人(公民)姓名", "申请人(法人)名称"]);
    } else {
        names.push(dice.pick(&["申请人", "申请人姓名或名称"]));
    }
    if style.has_kind {
        names.push(dice.pick(&["申请人类型", "申请人类别", "申请主体类型"]));
    }
    names.push(dice.pick(&["申请内容", "申请事项", "所需信息内容描述"]));
    let (day, outcome) = dice.pick(&[("答复日期", "答复类型"), ("办结时间", "办理结果"), ("答复时间", "处理结果")]);
    if style.has_two_heads {
        let num_above = names.len();
        names.extend(["办理情况", ""]);
        lines.push(names.iter().map(|name| (*name).to_owned()).collect());
        let mut below = vec![String::new(); num_above];
        below.extend([day.to_owned(), outcome.to_owned()]);
        lines.push(below);
    } else {
        names.extend([day, outcome]);
        lines.push(names.iter().map(|name| (*name).to_owned()).collect());
    }
    lines
}

/// A line, and the cells it counts in.
fn request(style: &Style, year: u16, serial: u32, dice: &mut Dice) -> (Vec<String>, Vec<String>) {
    let year = i32::from(year);
    let (received, answered) = days(year, style.is_yearless, dice);
    let (column, name, kind) = applicant(style, dice);
    let (row, mut word) = outcome(year, dice);
    if answered.is_none() {
        word = String::new();
    }
    let cells = counts(year, received, answered, column, row);
    let mut received_text = written(received, year, style, dice);
    let mut answered_text = answered.map_or_else(String::new, |day| written(day, year, style, dice));
    // Dirt: what is true stays as it was.
    match dice.roll(40) {
        0 => answered_text = String::new(),
        1 => answered_text = format!("{}-02-30", received.0),
        2 => received_text = String::new(),
        3 => answered_text = format!("{answered_text}、{received_text}"),
        4 => word = String::new(),
        5 if !style.is_yearless => {
            answered_text = answered.map_or_else(String::new, |day| format!("{}-{:02}-{:02}", day.0 - 1, day.1, day.2));
        }
        _ => {}
    }
    let mut line = Vec::new();
    if style.has_number {
        line.push(format!("云水〔{}〕{serial}号", received.0));
    }
    line.push(received_text);
    if style.is_split {
        line.extend(if column == "nat" && !name.contains('（') { [name, String::new()] } else { [String::new(), name] });
    } else {
        line.push(name);
    }
    if style.has_kind {
        line.push(kind);
    }
    line.push(format!("第{serial}号河道整治文件"));
    line.extend([answered_text, word]);
    (line, cells)
}

/// Received mostly in the year; answered some weeks later, or not.
fn days(year: i32, is_yearless: bool, dice: &mut Dice) -> (Day, Option<Day>) {
    let received_year = if is_yearless { year } else { year + dice.pick(&[0, 0, 0, 0, 0, 0, 0, 0, -1, 1]) };
    let received = (received_year, 1 + dice.roll(12), 1 + dice.roll(28));
    let later = received.1 + 1;
    let answered = if later > 12 { (received.0 + 1, 1, 1 + dice.roll(28)) } else { (received.0, later, 1 + dice.roll(28)) };
    (received, (dice.roll(12) > 0).then_some(answered))
}

fn applicant(style: &Style, dice: &mut Dice) -> (&'static str, String, String) {
    let kind_of = |column: &str, dice: &mut Dice| dice.pick(KINDS.iter().find(|(key, _)| *key == column).unwrap().1).to_owned();
    match dice.roll(12) {
        0 => {
            let (column, name) = dice.pick(&UNSURE);
            let kind =
                if column == "nat" { "个体工商户".to_owned() } else { dice.pick(&["法人或其他组织", "单位"]).to_owned() };
            (column, name.to_owned(), kind)
        }
        1 if style.has_kind => ("nat", "周某（委托代理人：云溪正平律师事务所）".to_owned(), "律所".to_owned()),
        2..=4 => {
            let (column, names) = dice.pick(&BODIES);
            let kind = if dice.roll(3) == 0 { "法人或其他组织".to_owned() } else { kind_of(column, dice) };
            (column, dice.pick(names).to_owned(), kind)
        }
        _ => ("nat", dice.pick(&NAMES).to_owned(), kind_of("nat", dice)),
    }
}

fn outcome(year: i32, dice: &mut Dice) -> (&'static str, String) {
    let (row, word) = match dice.roll(8) {
        0 => dice.pick(&TRAPS),
        1..=3 => ("open", dice.pick(WORDS[0].1)),
        _ => {
            let (row, words) = dice.pick(&WORDS);
            (row, dice.pick(words))
        }
    };
    (if year < 2021 && row.starts_with("other") { "other" } else { row }, word.to_owned())
}

/// The cells by the articles, from the codes alone.
fn counts(year: i32, received: Day, answered: Option<Day>, column: &str, row: &str) -> Vec<String> {
    let first = match received.0 {
        of if of > year => return Vec::new(),
        of if of < year && answered.is_some_and(|day| day.0 < year) => return Vec::new(),
        of if of < year => "carry_in",
        _ => "new",
    };
    let second = if answered.is_some_and(|day| day.0 == year) { row } else { "carry_out" };
    vec![format!("{first}.{column}"), format!("{second}.{column}")]
}

fn written((year, month, day): Day, report: i32, style: &Style, dice: &mut Dice) -> String {
    if style.is_yearless && year == report {
        return match dice.roll(3) {
            0 => format!("{month}.{day}"),
            1 => format!("{month}月{day}日"),
            _ => format!("{month}/{day}"),
        };
    }
    match dice.roll(6) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{year}/{month}/{day}"),
        2 => format!("{year}年{month}月{day}日"),
        3 => format!("{year}.{month}.{day}"),
        4 => format!("{year}{month:02}{day:02}"),
        _ => format!("{year}-{month:02}-{day:02} 09:15:00"),
    }
}
