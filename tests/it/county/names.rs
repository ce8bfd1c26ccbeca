//! Whose report it is: many spellings of one name, and names that are asked about.

use gouji::county::{Names, Roster, Whose};

fn roster(text: &str) -> Roster {
    let rows: Vec<Vec<String>> = text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    Roster::read(&rows, 2025)
}

#[test]
fn a_name_is_known_however_it_is_written_and_asked_about_where_it_may_be_anothers() {
    let roster = roster(
        "单位\t简称\n教育局\t\n卫生健康委员会\t卫健委\n市场监督管理局\t市监局\n青禾镇\t\n东街街道办事处\t\n青禾县人民政府办公室\t县府办\n民政局\t\n",
    );
    let names = Names::new(&roster);
    let sure = |agency: &str| match names.whose(agency) {
        Whose::Sure(place) => Some(roster.units[place].name.as_str()),
        Whose::Asked(_) => None,
    };
    for (agency, expected) in [
        ("青禾县教育局", "教育局"),
        ("江苏省 青禾县教育局", "教育局"),
        ("青禾县卫生健康委员会", "卫生健康委员会"),
        ("卫健委", "卫生健康委员会"),
        ("青禾县市场监督管理局", "市场监督管理局"),
        ("青禾县青禾镇人民政府", "青禾镇"),
        ("青禾镇政府", "青禾镇"),
        ("青禾县东街街道", "东街街道办事处"),
        ("青禾县人民政府办公室", "青禾县人民政府办公室"),
        ("青禾县政府办公室", "青禾县人民政府办公室"),
        ("青禾县民政局", "民政局"),
    ] {
        assert_eq!(sure(agency), Some(expected), "{agency}");
    }
    for agency in ["", "青禾县体育局", "白云县青禾县人民政府办公室有限公司"] {
        assert_eq!(sure(agency), None, "{agency}");
    }
    // Another county's body of the same kind is not this one's, and a slip of the pen is offered, not taken.
    let with_region = self::roster("单位\n青禾县教育局\n青禾县财政局\n");
    assert_eq!(Names::new(&with_region).whose("白云县教育局"), Whose::Asked(vec![0]));
    assert_eq!(Names::new(&with_region).whose("青禾县教肓局"), Whose::Asked(vec![0]));
}

#[test]
fn a_roster_is_read_as_offices_keep_it() {
    let roster = roster(
        "某县编制主体名册\n序号\t机构名称\t性质\t是否垂直\t联系人\t联系电话\t截止时间\n1\t教育局\t部门\t\t陈岚\t6021 7730\t1月20日\n2\t税务局\t部门\t是\t\t\t2026-01-20\n3\t青禾镇\t乡镇\t\t\t\t改天\n3\t教育局\t\t\t\t\t\n",
    );
    let names: Vec<&str> = roster.units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["教育局", "税务局", "青禾镇"]);
    assert_eq!(roster.units[0].due, Some(jiff::civil::date(2026, 1, 20)));
    assert_eq!(roster.units[1].is_vertical, Some(true));
    assert_eq!(roster.problems.len(), 2, "{:?}", roster.problems);
    // Names alone, one a line, are a roster too; what it says is read back the same.
    let plain = self::roster("教育局\n青禾镇人民政府\n");
    assert_eq!(plain.units.len(), 2);
    let text = roster.text();
    let rows: Vec<Vec<String>> =
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    assert_eq!(Roster::read(&rows, 2025).units, roster.units);
}
