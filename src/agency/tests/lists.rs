//! Cells of real plans, and whom they name.

use super::*;

/// One item as `name | text | duty | label`, names by [`shown`].
fn read(text: &str) -> Vec<String> {
    let registry = registry();
    registry.read_list(text, false, day(IN_2022)).iter().map(|item| shown(&registry, item)).collect()
}

/// The body's own name; `?` for an open class, `!` for an unknown name, behind it what was printed; then duty and label where there are some.
fn shown(registry: &Registry, item: &Listed) -> String {
    let mut out = match item.body {
        Body::Open => format!("? {}", item.text),
        Body::Unknown => format!("! {}", item.text),
        Body::Agency(_) | Body::Group(_) | Body::Institution(..) => registry.name_of(item.body, None),
    };
    for (mark, words) in [(" ~ ", &item.duty), (" @ ", &item.governed_by)] {
        if let Some(words) = words {
            out.push_str(mark);
            out.push_str(words);
        }
    }
    out
}

const CLASS: &str = "Các sở, ban, ngành cấp tỉnh";
const ROOMS: &str = "Các phòng, ban, ngành cấp huyện";

#[test]
fn single_names_and_dashed_lists_are_read() {
    assert_eq!(read("Sở Tư pháp."), ["Sở Tư pháp"]);
    assert_eq!(read("- Sở Nội vụ; - Văn phòng UBND tỉnh; - Thanh tra tỉnh."), ["Sở Nội vụ", "Văn phòng UBND tỉnh", "Thanh tra tỉnh"]);
    assert_eq!(
        read("Sở Tài nguyên và Môi trường; các sở, ban, ngành liên quan; UBND cấp huyện"),
        ["Sở Tài nguyên và Môi trường", CLASS, "UBND cấp huyện"]
    );
    assert_eq!(
        read("Sở Nội vụ, Sở Thông tin và Truyền thông, các cơ quan, đơn vị liên quan"),
        ["Sở Nội vụ", "Sở Thông tin và Truyền thông", "Các cơ quan liên quan"]
    );
    assert_eq!(read("Văn phòng UBND tỉnh, các Sở, Ban, ngành, UBND cấp huyện"), ["Văn phòng UBND tỉnh", CLASS, "UBND cấp huyện"]);
    assert_eq!(read("Sở Tư pháp và các cơ quan, đơn vị"), ["Sở Tư pháp", "Các cơ quan liên quan"]);
}

#[test]
fn a_class_in_front_lends_its_word_to_short_names() {
    assert_eq!(
        read("Các Sở: Nội vụ, Thông tin và Truyền thông, Kế hoạch và Đầu tư, Tài chính"),
        ["Sở Nội vụ", "Sở Thông tin và Truyền thông", "Sở Kế hoạch và Đầu tư", "Sở Tài chính"]
    );
    assert_eq!(
        read(
            "- Các sở, ngành cấp tỉnh: Lao động- TB&XH, Xây dựng; Tài chính; Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và PTNT; Văn phòng UBND tỉnh; Thanh tra tỉnh; Ban Dân tộc."
        ),
        [
            "Sở Lao động - Thương binh và Xã hội",
            "Sở Xây dựng",
            "Sở Tài chính",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Sở Nông nghiệp và Phát triển nông thôn",
            "Văn phòng UBND tỉnh",
            "Thanh tra tỉnh",
            "Ban Dân tộc"
        ]
    );
    assert_eq!(
        read(
            "Viện Nông nghiệp Thanh Hóa; các Sở: Y tế, Văn hóa - Thể thao và Du lịch, Giao thông vận tải, Văn phòng UBND tỉnh; các Ban Quản lý dự án đầu tư xây dựng cấp tỉnh"
        ),
        [
            "Viện Nông nghiệp Thanh Hóa",
            "Sở Y tế",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Sở Giao thông vận tải",
            "Văn phòng UBND tỉnh",
            "? các Ban Quản lý dự án đầu tư xây dựng cấp tỉnh"
        ]
    );
    assert_eq!(
        read("Các sở: Tài nguyên và Môi trường, Y tế, Tư pháp, Bảo hiểm xã hội tỉnh, UBND cấp huyện"),
        ["Sở Tài nguyên và Môi trường", "Sở Y tế", "Sở Tư pháp", "Bảo hiểm xã hội tỉnh", "UBND cấp huyện"]
    );
    assert_eq!(
        read(
            "- Các phòng, ngành chức năng của UBND huyện: Văn phòng HĐND-UBND huyện, Thanh tra huyện, Phòng Nông nghiệp - PTNT, Phòng Văn Hóa - TT."
        ),
        ["Văn phòng HĐND và UBND huyện", "Thanh tra huyện", "Phòng Nông nghiệp và Phát triển nông thôn", "Phòng Văn hóa và Thông tin"]
    );
    let registry = registry();
    let listed = registry.read_list("Các Sở: Nội vụ, Tài chính", false, day(IN_2022));
    assert_eq!(listed.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["Sở Nội vụ", "Sở Tài chính"]);
}

#[test]
fn a_name_in_front_lends_its_first_word() {
    assert_eq!(
        read("phòng Tư pháp, Tài chính, Văn hóa - TT"),
        ["Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "Phòng Văn hóa và Thông tin"]
    );
    assert_eq!(read("UBND cấp huyện, cấp xã"), ["UBND cấp huyện", "UBND cấp xã"]);
    assert_eq!(read("UBND các huyện, thị xã, thành phố, xã, phường, thị trấn"), ["UBND cấp huyện", "UBND cấp xã"]);
    assert_eq!(
        read("Bộ phận tiếp nhận và trả kết quả cấp huyện, cấp xã"),
        ["Bộ phận tiếp nhận và trả kết quả huyện", "Bộ phận tiếp nhận và trả kết quả cấp xã"]
    );
    let registry = registry();
    let listed = registry.read_list("UBND cấp huyện, cấp xã", false, day(IN_2022));
    assert_eq!((listed[1].text.as_str(), listed[1].start, listed[1].end), ("UBND cấp xã", 20, 29));
}

#[test]
fn a_bracket_is_the_whole_the_sector_or_words_to_keep() {
    assert_eq!(read("Ban Thi đua Khen thưởng (Sở Nội vụ)"), ["Ban Thi đua Khen thưởng"]);
    assert_eq!(read("Ban TĐKT (Sở Nội vụ)"), ["Ban Thi đua Khen thưởng"]);
    assert_eq!(read("Ban TĐKT (Sở Nội vụ), Sở Y tế"), ["Ban Thi đua Khen thưởng", "Sở Y tế"]);
    assert_eq!(read("Chi cục Văn thư - Lưu trữ (Sở Nội vụ); Sở Y tế"), ["Chi cục Văn thư - Lưu trữ", "Sở Y tế"]);
    let registry = registry();
    let listed = registry.read_list("Ban Thi đua Khen thưởng (Sở Nội vụ), Sở Y tế", false, day(IN_2022));
    assert_eq!(listed[0].text, "Ban Thi đua Khen thưởng (Sở Nội vụ)");
    let listed = registry.read_list("Sở Thông tin và Truyền thông (công nghệ thông tin); Sở Y tế", false, day(IN_2022));
    assert_eq!(listed[0].sector, registry.find_sector("công nghệ thông tin"));
    assert_eq!((listed[0].text.as_str(), &listed[0].duty, listed.len()), ("Sở Thông tin và Truyền thông", &None, 2));
    assert_eq!(read("UBND cấp xã (nếu có), Sở Y tế"), ["UBND cấp xã ~ (nếu có)", "Sở Y tế"]);
}

#[test]
fn classes_are_one_body_however_they_are_written() {
    for text in [
        "Các sở, ban, ngành",
        "các sở ban, ngành cấp tỉnh",
        "Các Sở, Ban ngành",
        "Các sở, ban ngành cấp tỉnh",
        "sở, cơ quan ngang sở",
        "CQCM cấp tỉnh",
    ] {
        assert_eq!(read(text), [CLASS], "{text}");
    }
    for text in [
        "Các phòng, ban, ngành cấp huyện",
        "Các phòng, ban ngành cấp huyện",
        "các phòng chuyên môn UBND huyện",
        "Các phòng, ban, ĐVSN thuộc UBND huyện",
    ] {
        assert_eq!(read(text), [ROOMS], "{text}");
    }
    for text in [
        "Các cơ quan liên quan",
        "Cơ quan liên quan",
        "các cơ quan, đơn vị liên quan",
        "Các tổ chức, cá nhân có liên quan",
        "Các đơn vị liên quan",
    ] {
        assert_eq!(read(text), ["Các cơ quan liên quan"], "{text}");
    }
    assert_eq!(read("ĐVSN"), ["Các đơn vị sự nghiệp công lập"]);
    let registry = registry();
    let listed = registry.read_list("Các sở, ban, ngành có liên quan", false, day(IN_2022));
    assert_eq!(listed[0].text, "Các sở, ban, ngành có liên quan");
    assert_eq!(registry.qualifier_of(&listed[0].text), Some("có liên quan"));
}

#[test]
fn institutions_are_one_body_however_they_are_written() {
    for text in [
        "UBND cấp huyện",
        "UBND các huyện, thị xã, thành phố",
        "UBND huyện",
        "Ủy ban nhân dân các huyện",
        "Uỷ ban nhân dân cấp huyện",
        "các huyện, thị xã, thành phố",
        "UBND 27 huyện, thị xã, thành phố",
    ] {
        assert_eq!(read(text), ["UBND cấp huyện"], "{text}");
    }
    for text in ["UBND cấp xã", "UBND các xã, thị trấn", "UBND các xã, phường, thị trấn", "Các xã, thị trấn"] {
        assert_eq!(read(text), ["UBND cấp xã"], "{text}");
    }
    assert_eq!(read("UBND các cấp"), ["UBND các cấp"]);
    assert_eq!(read("UBND tỉnh"), ["UBND tỉnh"]);
    assert_eq!(read("Chủ tịch UBND cấp huyện"), ["Chủ tịch UBND cấp huyện"]);
    assert_eq!(read("Hội đồng nhân dân tỉnh; Thường trực HĐND các cấp"), ["HĐND tỉnh", "HĐND các cấp"]);
    assert_eq!(read("UBND huyện Hoằng Hóa, UBND thành phố Thanh Hóa"), ["UBND huyện Hoằng Hóa", "UBND thành phố Thanh Hóa"]);
    assert_eq!(read("UBND TP. Thanh Hóa; UBND xã Hoằng Phụ"), ["UBND thành phố Thanh Hóa", "UBND xã Hoằng Phụ"]);
    assert_eq!(
        read("BTV Tỉnh ủy; Ban Thường vụ Huyện ủy Hoằng Hóa, Thành ủy Thanh Hóa"),
        ["Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Huyện ủy Hoằng Hóa", "Thành ủy Thanh Hóa"]
    );
    assert_eq!(read("Đảng ủy xã; Huyện ủy, Thị ủy, Thành ủy"), ["Đảng ủy cấp xã", "Huyện ủy"]);
    assert_eq!(read("HĐND, UBND tỉnh"), ["HĐND tỉnh", "UBND tỉnh"]);
}

#[test]
fn a_names_unit_may_stand_behind_it() {
    for text in [
        "Phòng Nội vụ",
        "Phòng Nội vụ huyện",
        "Phòng Nội vụ huyện Hoằng Hóa",
        "Phòng Nội vụ cấp huyện",
        "Phòng Nội vụ các huyện, thị xã, thành phố",
        "phòng Nội vụ Bỉm Sơn",
    ] {
        assert_eq!(read(text), ["Phòng Nội vụ"], "{text}");
    }
    for text in ["Thanh tra thị xã", "Thanh tra huyện Hoằng Hóa", "Thanh tra cấp huyện"] {
        assert_eq!(read(text), ["Thanh tra huyện"], "{text}");
    }
}

#[test]
fn duties_and_labels_stay_with_their_names() {
    assert_eq!(
        read("- Phòng Nội vụ chủ trì, phối hợp với các phòng, ban, ngành cấp huyện; - UBND cấp xã."),
        ["Phòng Nội vụ ~ chủ trì, phối hợp với các phòng, ban, ngành cấp huyện", "UBND cấp xã"]
    );
    assert_eq!(
        read("Các phòng, ban, ngành cấp huyện, UBND cấp xã: thực hiện rà soát theo kế hoạch; kiến nghị."),
        [ROOMS, "UBND cấp xã ~ : thực hiện rà soát theo kế hoạch", "! kiến nghị"]
    );
    let registry = registry();
    let listed = registry.read_list("Phòng Nội vụ: rà soát; kiến nghị Sở Nội vụ.", true, day(IN_2022));
    assert_eq!(listed.iter().map(|item| shown(&registry, item)).collect::<Vec<_>>(), ["Phòng Nội vụ ~ : rà soát; kiến nghị Sở Nội vụ"]);
    assert_eq!(
        read(
            "- Cơ quan thực hiện: Các sở, ban, ngành cấp tỉnh; UBND cấp huyện; các cơ quan liên quan; - Cơ quan tổng hợp: kiểm tra: Sở Nội vụ."
        ),
        [
            "Các sở, ban, ngành cấp tỉnh @ Cơ quan thực hiện",
            "UBND cấp huyện @ Cơ quan thực hiện",
            "Các cơ quan liên quan @ Cơ quan thực hiện",
            "Sở Nội vụ @ Cơ quan tổng hợp: kiểm tra"
        ]
    );
    assert_eq!(
        read(
            "- Cơ quan thực hiện: phòng Nội vụ; UBND cấp xã. - Cơ quan phối hợp: Văn phòng HĐND-UBND huyện, phòng Tư pháp, Tài chính, Văn hóa - TT"
        ),
        [
            "Phòng Nội vụ @ Cơ quan thực hiện",
            "UBND cấp xã @ Cơ quan thực hiện",
            "Văn phòng HĐND và UBND huyện @ Cơ quan phối hợp",
            "Phòng Tư pháp @ Cơ quan phối hợp",
            "Phòng Tài chính - Kế hoạch @ Cơ quan phối hợp",
            "Phòng Văn hóa và Thông tin @ Cơ quan phối hợp"
        ]
    );
    let listed = registry.read_list("Cơ quan phối hợp, theo dõi: Sở Y tế, Sở Nội vụ", true, day(IN_2022));
    let labels: Vec<Option<&str>> = listed.iter().map(|item| item.label.as_deref()).collect();
    assert_eq!(labels, [Some("Cơ quan phối hợp, theo dõi"), None]);
    assert_eq!(
        read("+ Sở Thông tin và Truyền thông chủ trì, phối hợp cơ quan liên quan xây dựng quy trình"),
        ["Sở Thông tin và Truyền thông ~ chủ trì, phối hợp cơ quan liên quan xây dựng quy trình"]
    );
}

#[test]
fn abbreviations_are_read_by_their_letters() {
    assert_eq!(read("Ban QLKKT Nghi Sơn và các KCN"), ["Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp"]);
    assert_eq!(read("Sở Nông nghiệp và PTNT"), ["Sở Nông nghiệp và Phát triển nông thôn"]);
    assert_eq!(read("Phòng Tài chính - KH"), ["Phòng Tài chính - Kế hoạch"]);
    assert_eq!(read("Sở KH&ĐT, Sở TT&TT; Sở GD&ĐT"), ["Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo"]);
    assert_eq!(
        read("Trung tâm Văn hóa, Thông tin, Thể thao & Du lịch; UBND cấp xã;"),
        ["Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch", "UBND cấp xã"]
    );
    assert_eq!(read("VP HĐND-UBND huyện"), ["Văn phòng HĐND và UBND huyện"]);
}

#[test]
fn what_no_group_names_is_an_open_class() {
    for text in [
        "Các sở, ngành thuộc diện sắp xếp theo Quyết định số 2725/QĐ-UBND",
        "Các đơn vị thực hiện theo phân cấp",
        "cơ quan Trung ương đóng trên địa bàn tỉnh",
        "Các trường đại học trên địa bàn tỉnh",
        "Các đơn vị sự nghiệp giáo dục",
        "Các đơn vị tham gia, trừ Sở Y tế",
    ] {
        let registry = registry();
        let listed = registry.read_list(text, false, day(IN_2022));
        assert_eq!(listed.len(), 1, "{text}: {listed:?}");
        assert_eq!((listed[0].body, &listed[0].trouble, listed[0].text.as_str()), (Body::Open, &Some(Trouble::OpenClass), text));
    }
}

#[test]
fn an_unknown_name_is_one_item_with_a_suggestion() {
    let registry = registry();
    let listed = registry.read_list("Sở Nội vu; Hội Nông dân, Sở Y tế", false, day(IN_2022));
    assert_eq!(listed.iter().map(|item| shown(&registry, item)).collect::<Vec<_>>(), ["! Sở Nội vu", "! Hội Nông dân", "Sở Y tế"]);
    assert_eq!(listed[0].trouble, Some(Trouble::Unknown { suggestion: Some("Sở Nội vụ".into()) }));
    assert_eq!(listed[1].trouble, Some(Trouble::Unknown { suggestion: None }));
    assert_eq!(read("UBND huyện Nga Sơn"), ["! UBND huyện Nga Sơn"]);
    assert_eq!(
        read("Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh, Sở Y tế"),
        ["! Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh", "Sở Y tế"]
    );
    assert_eq!(registry.read_list(" … ", false, day(IN_2022)).len(), 1);
    assert!(registry.read_list("  ", false, day(IN_2022)).is_empty());
}

#[test]
fn a_name_is_read_as_of_the_date() {
    let registry = registry();
    let old = registry.read_list("Sở Thông tin và Truyền thông", true, day("1/1/2026"));
    assert_eq!(old[0].trouble, Some(Trouble::NotInForce { agency: agency(&registry, "STTTT", IN_2022) }));
    let economy = |date| registry.level(registry.agency(agency(&registry, "Phòng Kinh tế", date)).level).name.as_str();
    assert_eq!((economy("1/1/2023"), economy("1/1/2026")), ("huyện", "xã"));
    let commune = registry.find_level("cấp xã");
    let window = registry.read_list_at("Bộ phận Một cửa", true, day(IN_2022), commune);
    assert_eq!(registry.level_of(window[0].body), commune);
}

#[test]
fn places_are_bytes_of_the_text_as_given() {
    let registry = registry();
    let text = "  Sở Y tế;  UBND  cấp huyện, cấp xã: rà soát";
    let listed = registry.read_list(text, false, day(IN_2022));
    let words: Vec<&str> = listed.iter().map(|item| &text[item.start..item.end]).collect();
    assert_eq!(words, ["Sở Y tế", "UBND  cấp huyện", "cấp xã"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_with_places_that_fit(parts in proptest::collection::vec(proptest::sample::select(&PARTS[..]), 0..14), item: bool) {
        let text = parts.concat();
        let registry = SHARED.get_or_init(registry);
        let listed = registry.read_list(&text, item, day(IN_2022));
        assert_eq!(listed.is_empty(), text.trim().is_empty(), "{text}");
        for item in &listed {
            assert!(text.get(item.start..item.end).is_some_and(|name| !name.is_empty()), "{text}: {item:?}");
        }
        assert!(listed.windows(2).all(|pair| pair[0].end <= pair[1].start), "{text}: {listed:?}");
        let found = registry.find_names(&text, day(IN_2022));
        assert!(found.iter().all(|found| text.get(found.start..found.end).is_some()), "{text}: {found:?}");
        registry.look_up(&text);
        registry.suggest(&text);
    }
}

static SHARED: std::sync::OnceLock<Registry> = std::sync::OnceLock::new();

/// Pieces of cells, some of them broken.
const PARTS: [&str; 45] = [
    "Sở Nội vụ",
    "phòng Tư pháp",
    "Văn hóa, Thể thao và Du lịch",
    "Tài chính",
    "Ban Thi đua Khen thưởng",
    "UBND",
    "cấp huyện",
    "cấp xã",
    "các cấp",
    "các",
    "Các sở, ban, ngành",
    "Các cơ quan, đơn vị",
    "liên quan",
    "huyện Hoằng Hóa",
    "thị trấn",
    "Tỉnh ủy",
    "BTV",
    "HĐND",
    "TP",
    "TB&XH",
    "QLKKT",
    "Cơ quan thực hiện",
    "chủ trì",
    "phối hợp với",
    "ủy",
    "Hội",
    "Ban TĐKT (Sở Nội vụ)",
    "(Sở Nội vụ)",
    "(công nghệ thông tin)",
    "(",
    ")",
    " ",
    " ",
    " ",
    ", ",
    "; ",
    ": ",
    " - ",
    "; - ",
    ". - ",
    " và ",
    ".",
    "\u{301}",
    "“…”",
    "\u{a0}",
];
