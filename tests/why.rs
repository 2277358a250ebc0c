//! `why` of a whole task: what the plan states itself on one line per field, what came from elsewhere with its chain.

use kehoach::diag::Lang;
use kehoach::project;
use kehoach::render;

const FILES: [(&str, &str); 2] = [
    (
        "danh-ba.kh",
        "DANH BẠ A: Danh bạ\nCẤP tỉnh\nCẤP huyện\nThuộc: tỉnh\nĐƠN VỊ T: tỉnh Thanh Hóa\nĐƠN VỊ HH: huyện Hoằng Hóa\nThuộc: T\nCƠ QUAN STP: Sở Tư pháp\nCấp: tỉnh\nCƠ QUAN PTP: Phòng Tư pháp\nCấp: huyện\nNGÀNH tư pháp\n- tỉnh: Sở Tư pháp\n- huyện: Phòng Tư pháp\n",
    ),
    (
        "th.kh",
        "KẾ HOẠCH TH: Kế hoạch\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2022\nNHIỆM VỤ T-1: Rà soát\nCơ quan chủ trì: Sở Tư pháp\nThời gian hoàn thành: Quý III/2022\nKẾ HOẠCH HH: Kế hoạch\nĐơn vị: huyện Hoằng Hóa\nNăm: 2022\nTheo: TH\nSỬA ĐỔI T-1\nKinh phí: 10 triệu đồng\n",
    ),
];

fn why(plan: &str) -> String {
    let compiled = project::check_sources(FILES.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
    let id = compiled.model.find(plan).expect("the plan");
    render::why(&compiled.sources, &compiled.model, &compiled.derivations, id, "T-1", None, Lang::Vi).expect("the task")
}

#[test]
fn a_root_task_is_told_in_one_block() {
    let expected = "TH · T-1 · ghi ở th.kh:4\n  Nội dung: Rà soát\n  Cơ quan chủ trì: Sở Tư pháp\n  Thời gian hoàn thành: Quý III/2022\n\n";
    assert_eq!(why("TH"), expected);
}

#[test]
fn a_derived_task_shows_its_chains_and_what_is_its_own() {
    let told = why("HH");
    assert!(told.starts_with("HH · T-1 · ghi ở th.kh:11\n  Kinh phí: 10 triệu đồng\n\nHH · T-1 · Nội dung\n"), "{told}");
    assert!(told.contains("bước 1, cơ quan cùng ngành: “Sở Tư pháp” → “Phòng Tư pháp”"), "{told}");
}
