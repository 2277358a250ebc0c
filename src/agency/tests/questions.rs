//! Counterparts, successors, terms, names in text.

use super::*;

fn at(registry: &Registry, level: &str, kind: &str) -> Place {
    Place { level: registry.find_level(level).unwrap(), kind: (!kind.is_empty()).then(|| kind.to_owned()) }
}

fn counterpart(name: &str, sector: &str, level: &str, kind: &str, date: &str) -> String {
    let registry = registry();
    let id = agency(&registry, name, IN_2022);
    match registry.counterpart(id, registry.find_sector(sector), &at(&registry, level, kind), day(date)) {
        Counterpart::One(body, _) => registry.name_of(body, None),
        Counterpart::Several(all) => {
            let all: Vec<String> = all
                .iter()
                .map(|(sector, body, _)| format!("{}: {}", registry.sector(*sector).name, registry.name_of(*body, None)))
                .collect();
            all.join("; ")
        }
        Counterpart::None => "-".into(),
    }
}

#[test]
fn a_counterpart_is_who_has_the_sector_there() {
    // two sectors that lead to one body are not several
    assert_eq!(counterpart("Sở Nội vụ", "", "huyện", "huyện", IN_2022), "Phòng Nội vụ");
    // an agency inside another has the other's sectors
    assert_eq!(counterpart("Ban Thi đua Khen thưởng", "", "huyện", "huyện", IN_2022), "Phòng Nội vụ");
    assert_eq!(counterpart("Sở Xây dựng", "", "huyện", "huyện", IN_2022), "Phòng Kinh tế và Hạ tầng");
    assert_eq!(counterpart("Sở Xây dựng", "", "huyện", "thị xã", IN_2022), "Phòng Quản lý đô thị");
    assert_eq!(counterpart("Sở Nội vụ", "", "xã", "xã", IN_2022), "-");
    assert_eq!(counterpart("Sở Nội vụ", "", "xã", "xã", "1/1/2026"), "Phòng Văn hóa - Xã hội");
    assert_eq!(counterpart("Ban QLKKT Nghi Sơn và các KCN", "", "huyện", "huyện", IN_2022), "-");
    assert_eq!(counterpart("Trung tâm Phục vụ hành chính công tỉnh", "", "xã", "xã", IN_2022), "UBND cấp xã");
    assert_eq!(counterpart("Sở Y tế", "", "tỉnh", "tỉnh", IN_2022), "Sở Y tế");
}

#[test]
fn a_sector_decides_only_where_it_is_the_agencys_own() {
    let both = "công nghệ thông tin: Phòng Văn hóa và Thông tin; báo chí: Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch";
    assert_eq!(counterpart("Sở Thông tin và Truyền thông", "", "huyện", "huyện", IN_2022), both);
    assert_eq!(counterpart("Sở Thông tin và Truyền thông", "tư pháp", "huyện", "huyện", IN_2022), both);
    assert_eq!(
        counterpart("Sở Thông tin và Truyền thông", "báo chí", "huyện", "huyện", IN_2022),
        "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch"
    );
}

#[test]
fn a_successor_depends_on_the_sector_and_the_date() {
    let registry = registry();
    let named = |successor: Successor| match successor {
        Successor::Same => "=".to_owned(),
        Successor::One(id, _) => registry.agency(id).name.clone(),
        Successor::Several(all) => all
            .iter()
            .filter_map(|heir| if let Body::Agency(id) = heir.body { Some(registry.agency(id).code.clone()) } else { None })
            .collect::<Vec<_>>()
            .join(" "),
        Successor::None => "-".to_owned(),
    };
    let ask = |name: &str, sector: &str, date: &str| {
        named(registry.successor(agency(&registry, name, IN_2022), registry.find_sector(sector), day(date)))
    };
    assert_eq!(ask("Sở Thông tin và Truyền thông", "", IN_2022), "=");
    assert_eq!(ask("Sở Thông tin và Truyền thông", "", "1/1/2026"), "SKHCN SVHTTDL");
    assert_eq!(ask("Sở Thông tin và Truyền thông", "báo chí", "1/1/2026"), "Sở Văn hóa, Thể thao và Du lịch");
    assert_eq!(ask("Sở Giao thông vận tải", "", "1/1/2026"), "Sở Xây dựng");
    assert_eq!(ask("Phòng Nội vụ", "", "1/1/2026"), "-");
}

#[test]
fn a_group_becomes_what_the_level_says() {
    let registry = registry();
    let Body::Group(class) = body(&registry, "Các sở, ban, ngành", IN_2022) else { panic!("no group") };
    let to = |level: &str, date: &str| {
        registry.convert(class, &at(&registry, level, ""), day(date)).map(|(body, _)| registry.name_of(body, None))
    };
    assert_eq!(to("huyện", IN_2022).as_deref(), Some("Các phòng, ban, ngành cấp huyện"));
    assert_eq!(to("xã", IN_2022).as_deref(), Some("Các công chức chuyên môn"));
    assert_eq!(to("xã", "1/1/2026").as_deref(), Some("Các phòng chuyên môn xã"));
    let class_of = |level: &str| {
        let found = registry.class_of_level(registry.find_level(level).unwrap(), day(IN_2022));
        found.map(|(group, _)| registry.group(group).name.as_str())
    };
    assert_eq!((class_of("tỉnh"), class_of("huyện")), (Some("Các sở, ban, ngành cấp tỉnh"), Some("Các phòng, ban, ngành cấp huyện")));
    assert_eq!(registry.level_of(Body::Group(class)), registry.find_level("tỉnh"));
}

#[test]
fn terms_follow_level_unit_type_and_year() {
    let registry = registry();
    let terms = |level: &str, kind: &str, year: i16| {
        let rules = registry.terms(&at(&registry, level, kind), Some(year));
        rules.into_iter().map(|rule| rule.to).collect::<Vec<_>>()
    };
    assert_eq!(terms("huyện", "huyện", 2021), ["trên địa bàn huyện", "toàn huyện"]);
    assert_eq!(terms("huyện", "thị xã", 2022), ["dịch vụ công trực tuyến toàn trình, một phần", "trên địa bàn thị xã", "toàn huyện"]);
    assert_eq!(terms("xã", "", 2021), ["trên địa bàn xã"]);
}

#[test]
fn a_document_names_bodies_as_its_unit_does() {
    let registry = registry();
    let unit = |name: &str| registry.find_unit(name, day(IN_2022));
    let named = |name: &str, of: &str| registry.name_of(body(&registry, name, IN_2022), unit(of));
    assert_eq!(named("UBND cấp huyện", "huyện Hoằng Hóa"), "UBND huyện");
    assert_eq!(named("UBND cấp huyện", "TP-TH"), "UBND thành phố");
    assert_eq!(named("UBND cấp xã", "huyện Hoằng Hóa"), "UBND cấp xã");
    assert_eq!(named("UBND tỉnh", "thị trấn Bút Sơn"), "UBND tỉnh");
    assert_eq!(named("UBND huyện Hoằng Hóa", "huyện Hoằng Hóa"), "UBND huyện");
    assert_eq!(named("BTV Huyện ủy", "thị xã Bỉm Sơn"), "Ban Thường vụ Thị ủy");
    assert_eq!(named("Đảng ủy xã", "thị trấn Bút Sơn"), "Đảng ủy thị trấn");
    assert_eq!(named("Thanh tra huyện", "thị xã Bỉm Sơn"), "Thanh tra thị xã");
    assert_eq!(named("Phòng Nội vụ", "thị xã Bỉm Sơn"), "Phòng Nội vụ");
}

#[test]
fn units_are_found_as_of_the_date() {
    let registry = registry();
    let find = |name: &str, date: &str| registry.find_unit(name, day(date)).map(|id| registry.unit(id).code.as_str());
    assert_eq!(find("huyện Hoằng Hóa", IN_2022), Some("HOẰNG-HÓA"));
    assert_eq!(find("xã Hoằng Hóa", "1/1/2026"), Some("HOẰNG-HÓA-X"));
    assert_eq!((find("xã Hoằng Phú", IN_2022), find("xã Hoằng Phụ", IN_2022)), (Some("HOẰNG-PHÚ"), Some("HOẰNG-PHỤ")));
    assert_eq!(find("thị xã bỉm sơn", IN_2022), Some("BỈM-SƠN"));
    let province = registry.find_unit("TH", day(IN_2022)).unwrap();
    let below =
        |date: &str| registry.units_below(province, day(date)).iter().map(|id| registry.unit(*id).code.as_str()).collect::<Vec<_>>();
    assert_eq!(below(IN_2022), ["HOẰNG-HÓA", "TP-TH", "BỈM-SƠN"]);
    assert_eq!(below("1/1/2026"), ["HOẰNG-HÓA-X", "HOẰNG-LỘC"]);
    let level = |name: &str| registry.find_level(name).unwrap();
    assert!(registry.is_below(level("xã"), level("tỉnh"), day(IN_2022)));
    assert!(!registry.is_below(level("xã"), level("huyện"), day("1/1/2026")));
}

#[test]
fn names_in_text_are_whole_words_and_the_longest() {
    let registry = registry();
    let find = |text: &str| {
        let found = registry.find_names(text, day(IN_2022));
        found.iter().map(|found| format!("{} = {}", &text[found.start..found.end], registry.name_of(found.body, None))).collect::<Vec<_>>()
    };
    assert_eq!(
        find("Giao SỞ NỘI VỤ phối hợp với các Sở, Ban ngành, UBND các huyện, thị xã, thành phố tổng hợp."),
        ["SỞ NỘI VỤ = Sở Nội vụ", "các Sở, Ban ngành = Các sở, ban, ngành cấp tỉnh", "UBND các huyện, thị xã, thành phố = UBND cấp huyện"]
    );
    assert_eq!(
        find("Báo cáo Chủ tịch UBND tỉnh (qua Phòng Nội vụ huyện Hoằng Hóa)."),
        ["Chủ tịch UBND tỉnh = Chủ tịch UBND tỉnh", "Phòng Nội vụ huyện Hoằng Hóa = Phòng Nội vụ"]
    );
    assert_eq!(find("Quyết định số 2725/QĐ-UBND ngày 21/7/2021 của UBND tỉnh"), ["UBND tỉnh = UBND tỉnh"]);
    assert_eq!(find("Sở Y tếx, các xã, thị trấn, chủ tịch công đoàn"), [""; 0]);
    let decomposed = "Đề án của So\u{31b}\u{309} Y te\u{302}\u{301} tỉnh";
    assert_eq!(find(decomposed), [format!("{} = Sở Y tế", &decomposed["Đề án của ".len()..])]);
}

#[test]
fn looking_up_answers_over_all_dates() {
    let registry = registry();
    let bodies = |name: &str| registry.look_up(name).iter().map(|found| registry.name_of(found.body, None)).collect::<Vec<_>>();
    assert_eq!(bodies("Phòng Kinh tế"), ["Phòng Kinh tế", "Phòng Kinh tế"]);
    assert_eq!(bodies("STTTT"), ["Sở Thông tin và Truyền thông"]);
    assert_eq!(bodies("UBND huyện Hoằng Hóa"), ["UBND huyện Hoằng Hóa"]);
    assert_eq!(bodies("Phòng Tư pháp huyện Hoằng Hóa"), ["Phòng Tư pháp"]);
    assert_eq!(bodies("Sở Phép thuật"), [""; 0]);
    assert_eq!(registry.suggest("so noi vu").as_deref(), Some("Sở Nội vụ"));
    assert_eq!(registry.suggest("Sở Nông nghiệp").as_deref(), Some("Sở Nông nghiệp và Phát triển nông thôn"));
    assert_eq!(registry.suggest("Tài chính").as_deref(), Some("Sở Tài chính"));
    assert_eq!(registry.suggest("Hội Cựu chiến binh"), None);
    assert_eq!(registry.suggest_unit("huyện Hoàng Hóa").as_deref(), Some("huyện Hoằng Hóa"));
}
