//! A small province, before and after 2025, and what is asked of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod faults;
mod lists;
mod questions;

use super::*;
use crate::base::{Date, Loc, SourceId, Span};
use crate::diag::Diagnostic;

/// Declarations under construction: each name stands at a place of its own.
#[derive(Default)]
struct Book {
    all: Declarations,
    at: usize,
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// `-30/6/2025` is until that day, `1/7/2025-` from it, empty is always.
fn time(text: &str) -> Validity {
    let (from, to) = text.split_once('-').unwrap_or(("", ""));
    Validity { from: Date::parse(from), to: Date::parse(to) }
}

impl Book {
    fn loc(&mut self) -> Loc {
        self.at += 10;
        Loc::new(SourceId::new(0), Span::new(self.at, self.at + 5))
    }

    fn named(&mut self, text: &str) -> Named {
        Named { text: text.to_owned(), loc: self.loc() }
    }

    /// `a; b` as names.
    fn list(&mut self, text: &str) -> Vec<Named> {
        text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(|name| self.named(name)).collect()
    }

    /// `huyện @-30/6/2025; tỉnh @1/7/2025-` as names with times.
    fn under(&mut self, text: &str) -> Vec<(Named, Validity)> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| part.split_once('@').map_or((part, ""), |(name, when)| (name.trim(), when)))
            .map(|(name, when)| (self.named(name), time(when)))
            .collect()
    }

    fn level(&mut self, name: &str, under: &str, when: &str) {
        let decl = LevelDecl { name: self.named(name), under: self.under(under), validity: time(when) };
        self.all.levels.push(decl);
    }

    fn unit(&mut self, code: &str, name: &str, under: &str, when: &str, successors: &str) {
        let decl = UnitDecl {
            code: self.named(code),
            name: self.named(name),
            other_names: Vec::new(),
            official_code: None,
            under: self.under(under),
            validity: time(when),
            successors: self.list(successors),
            predecessors: Vec::new(),
            basis: None,
        };
        self.all.units.push(decl);
    }

    fn agency(&mut self, code: &str, level: &str, name: &str, other: &str, when: &str) -> &mut AgencyDecl {
        let decl = AgencyDecl {
            code: self.named(code),
            name: self.named(name),
            other_names: self.list(other),
            level: (!level.is_empty()).then(|| self.named(level)),
            under: Vec::new(),
            validity: time(when),
            successors: Vec::new(),
            basis: None,
        };
        self.all.agencies.push(decl);
        self.all.agencies.last_mut().unwrap()
    }

    fn part(&mut self, code: &str, level: &str, name: &str, other: &str, under: &str) {
        let under = self.under(under);
        self.agency(code, level, name, other, "").under = under;
    }

    /// `Sở Y tế (bảo trợ xã hội; trẻ em)` per successor, parted by `|`.
    fn succeeds(&mut self, successors: &str) {
        let parts = successors.split('|').map(str::trim);
        let list: Vec<_> = parts
            .map(|part| {
                let (name, sectors) = part.split_once('(').map_or((part, ""), |(name, rest)| (name.trim(), rest.trim_end_matches(')')));
                (self.named(name), self.list(sectors))
            })
            .collect();
        self.all.agencies.last_mut().unwrap().successors = list;
    }

    /// Lines `huyện: Phòng Kinh tế [quận, thị xã] @-28/2/2025`.
    fn lines(&mut self, lines: &[&str]) -> Vec<LevelLine> {
        let mut out = Vec::new();
        for line in lines {
            let (line, when) = line.split_once('@').unwrap_or((line, ""));
            let (level, body) = line.split_once(':').unwrap();
            let (body, types) = body.split_once('[').map_or((body, ""), |(body, types)| (body, types.trim().trim_end_matches(']')));
            let unit_types = types.split(',').map(str::trim).filter(|kind| !kind.is_empty()).map(str::to_owned).collect();
            out.push(LevelLine {
                level: self.named(level),
                body: self.named(body.trim()),
                unit_types,
                validity: time(when),
                loc: self.loc(),
            });
        }
        out
    }

    fn sector(&mut self, name: &str, lines: &[&str]) {
        let decl = SectorDecl { name: self.named(name), other_names: Vec::new(), lines: self.lines(lines) };
        self.all.sectors.push(decl);
    }

    fn group(&mut self, name: &str, other: &str, open: bool, conversions: &[&str]) {
        let decl = GroupDecl { name: self.named(name), other_names: self.list(other), open, conversions: self.lines(conversions) };
        self.all.groups.push(decl);
    }

    fn term(&mut self, from: &str, lines: &[(Option<&str>, &str, Option<i16>, &str)]) {
        let lines = lines.iter().map(|(level, kinds, from_year, to)| TermLine {
            level: level.map(str::to_owned),
            unit_types: kinds.split(',').map(str::trim).filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
            from_year: *from_year,
            to: (*to).to_owned(),
        });
        let decl = TermDecl { from: self.named(from), lines: lines.collect(), loc: self.loc() };
        self.all.terms.push(decl);
    }

    fn build(&self) -> (Registry, Vec<Diagnostic>) {
        build(&self.all)
    }
}

/// Three levels, their agencies in 2022 and 2025, and some units.
fn book() -> Book {
    let mut book = Book::default();
    book.level("tỉnh", "", "");
    book.level("huyện", "tỉnh", "-30/6/2025");
    book.level("xã", "huyện @-30/6/2025; tỉnh @1/7/2025-", "");
    book.unit("TH", "tỉnh Thanh Hóa", "", "", "");
    book.unit("HOẰNG-HÓA", "huyện Hoằng Hóa", "TH", "-30/6/2025", "HOẰNG-HÓA-X; HOẰNG-LỘC");
    book.unit("TP-TH", "thành phố Thanh Hóa", "TH", "-30/6/2025", "");
    book.unit("BỈM-SƠN", "Thị xã Bỉm Sơn", "TH", "-30/6/2025", "");
    book.unit("HOẰNG-PHÚ", "xã Hoằng Phú", "HOẰNG-HÓA", "-30/6/2025", "");
    book.unit("HOẰNG-PHỤ", "xã Hoằng Phụ", "HOẰNG-HÓA", "-30/6/2025", "");
    book.unit("BÚT-SƠN", "thị trấn Bút Sơn", "HOẰNG-HÓA", "-30/6/2025", "");
    book.unit("HOẰNG-HÓA-X", "xã Hoằng Hóa", "TH", "1/7/2025-", "");
    book.unit("HOẰNG-LỘC", "xã Hoằng Lộc", "TH", "1/7/2025-", "");

    let old = "-28/2/2025";
    book.agency("VPUB", "tỉnh", "Văn phòng UBND tỉnh", "", "");
    book.agency("SNV", "tỉnh", "Sở Nội vụ", "", "");
    book.part("BTDKT", "tỉnh", "Ban Thi đua Khen thưởng", "Ban TĐKT (Sở Nội vụ)", "Sở Nội vụ");
    book.part("CCVTLT", "tỉnh", "Chi cục Văn thư - Lưu trữ", "", "Sở Nội vụ");
    book.agency("STP", "tỉnh", "Sở Tư pháp", "", "");
    book.agency("STC", "tỉnh", "Sở Tài chính", "", "");
    book.agency("SKHĐT", "tỉnh", "Sở Kế hoạch và Đầu tư", "", old);
    book.succeeds("Sở Tài chính");
    book.agency("SCT", "tỉnh", "Sở Công Thương", "", "");
    book.agency("SNNPTNT", "tỉnh", "Sở Nông nghiệp và Phát triển nông thôn", "", old);
    book.succeeds("Sở Nông nghiệp và Môi trường");
    book.agency("STNMT", "tỉnh", "Sở Tài nguyên và Môi trường", "", old);
    book.succeeds("Sở Nông nghiệp và Môi trường");
    book.agency("SNNMT", "tỉnh", "Sở Nông nghiệp và Môi trường", "", "1/3/2025-");
    book.agency("SGTVT", "tỉnh", "Sở Giao thông vận tải", "", old);
    book.succeeds("Sở Xây dựng");
    book.agency("SXD", "tỉnh", "Sở Xây dựng", "", "");
    book.agency("STTTT", "tỉnh", "Sở Thông tin và Truyền thông", "", old);
    book.succeeds("Sở Khoa học và Công nghệ (công nghệ thông tin) | Sở Văn hóa, Thể thao và Du lịch (báo chí)");
    book.agency("SKHCN", "tỉnh", "Sở Khoa học và Công nghệ", "", "");
    book.agency("SLĐTBXH", "tỉnh", "Sở Lao động - Thương binh và Xã hội", "", old);
    book.agency("SVHTTDL", "tỉnh", "Sở Văn hóa, Thể thao và Du lịch", "", "");
    book.agency("SGDĐT", "tỉnh", "Sở Giáo dục và Đào tạo", "", "");
    book.agency("SYT", "tỉnh", "Sở Y tế", "", "");
    book.agency("TTT", "tỉnh", "Thanh tra tỉnh", "", "");
    book.agency("BDT", "tỉnh", "Ban Dân tộc", "", old);
    book.agency("BQLKKT", "tỉnh", "Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp", "Ban Quản lý KKT Nghi Sơn và các KCN", "");
    book.agency("TTPVHCC", "tỉnh", "Trung tâm Phục vụ hành chính công tỉnh", "", "");
    book.agency("ĐPTTH", "tỉnh", "Đài Phát thanh và Truyền hình Thanh Hóa", "", "");
    book.agency("BTH", "tỉnh", "Báo Thanh Hóa", "", "");
    book.agency("VNN", "tỉnh", "Viện Nông nghiệp Thanh Hóa", "", "");
    book.agency("BHXH", "tỉnh", "Bảo hiểm xã hội tỉnh", "", "");
    let district = "-30/6/2025";
    book.agency("H-VP", "huyện", "Văn phòng HĐND và UBND huyện", "", district);
    book.agency("P-NV", "huyện", "Phòng Nội vụ", "", district);
    book.agency("P-TP", "huyện", "Phòng Tư pháp", "", district);
    book.agency("P-TCKH", "huyện", "Phòng Tài chính - Kế hoạch", "", district);
    book.agency("P-VHTT", "huyện", "Phòng Văn hóa và Thông tin", "", district);
    book.agency("P-GDĐT", "huyện", "Phòng Giáo dục và Đào tạo", "", district);
    book.agency("H-TTR", "huyện", "Thanh tra huyện", "", district);
    book.agency("P-NN", "huyện", "Phòng Nông nghiệp và Phát triển nông thôn", "", old);
    book.agency("P-KTHT", "huyện", "Phòng Kinh tế và Hạ tầng", "", old);
    book.agency("P-KT", "huyện", "Phòng Kinh tế", "", old);
    book.agency("P-QLĐT", "huyện", "Phòng Quản lý đô thị", "", old);
    book.agency("H-1C", "huyện", "Bộ phận tiếp nhận và trả kết quả huyện", "Bộ phận Một cửa", district);
    book.agency("H-TTVH", "huyện", "Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch", "", district);
    book.agency("X-1C", "xã", "Bộ phận tiếp nhận và trả kết quả cấp xã", "Bộ phận Một cửa", district);
    book.agency("X-KT", "xã", "Phòng Kinh tế", "", "1/7/2025-");
    book.agency("X-VHXH", "xã", "Phòng Văn hóa - Xã hội", "", "1/7/2025-");

    book.sector("nội vụ", &["tỉnh: Sở Nội vụ", "huyện: Phòng Nội vụ", "xã: Phòng Văn hóa - Xã hội"]);
    book.sector("tôn giáo", &["tỉnh: Sở Nội vụ", "huyện: Phòng Nội vụ"]);
    book.sector("tư pháp", &["tỉnh: Sở Tư pháp", "huyện: Phòng Tư pháp"]);
    book.sector(
        "tài chính",
        &[
            "tỉnh: Sở Tài chính",
            "tỉnh: Sở Kế hoạch và Đầu tư @-28/2/2025",
            "huyện: Phòng Tài chính - Kế hoạch",
            "xã: Phòng Kinh tế @1/7/2025-",
        ],
    );
    book.sector(
        "xây dựng",
        &[
            "tỉnh: Sở Xây dựng",
            "tỉnh: Sở Giao thông vận tải",
            "huyện: Phòng Kinh tế và Hạ tầng [huyện]",
            "huyện: Phòng Quản lý đô thị [quận, thị xã, thành phố]",
        ],
    );
    book.sector(
        "công nghệ thông tin",
        &[
            "tỉnh: Sở Thông tin và Truyền thông @-28/2/2025",
            "tỉnh: Sở Khoa học và Công nghệ @1/3/2025-",
            "huyện: Phòng Văn hóa và Thông tin",
            "xã: Phòng Văn hóa - Xã hội",
        ],
    );
    book.sector(
        "báo chí",
        &[
            "tỉnh: Sở Thông tin và Truyền thông @-28/2/2025",
            "tỉnh: Sở Văn hóa, Thể thao và Du lịch",
            "huyện: Trung tâm Văn hóa, Thông tin, Thể thao và Du lịch",
        ],
    );
    book.sector(
        "một cửa",
        &["tỉnh: Trung tâm Phục vụ hành chính công tỉnh", "huyện: Bộ phận tiếp nhận và trả kết quả huyện", "xã: UBND cấp xã"],
    );
    book.sector("khu kinh tế", &["tỉnh: Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp"]);

    book.group(
        "Các sở, ban, ngành cấp tỉnh",
        "Các sở, ban, ngành; Các sở, ngành; sở, cơ quan ngang sở; Cơ quan chuyên môn cấp tỉnh",
        false,
        &["huyện: Các phòng, ban, ngành cấp huyện", "xã: Các công chức chuyên môn @-30/6/2025", "xã: Các phòng chuyên môn xã @1/7/2025-"],
    );
    book.group(
        "Các phòng, ban, ngành cấp huyện",
        "Các phòng, ban, ngành; Các phòng, ngành; Các phòng chuyên môn; Các phòng, ban, đơn vị sự nghiệp",
        false,
        &[],
    );
    book.group("Các cơ quan liên quan", "Các cơ quan, đơn vị; Các tổ chức, cá nhân có liên quan; Các đơn vị liên quan", true, &[]);
    book.group("Các đơn vị sự nghiệp công lập", "Các đơn vị sự nghiệp", false, &[]);
    book.group("UBND cấp huyện", "", false, &[]);

    let places = [
        (Some("huyện"), "", None, "trên địa bàn huyện"),
        (Some("huyện"), "thị xã", None, "trên địa bàn thị xã"),
        (Some("xã"), "", None, "trên địa bàn xã"),
    ];
    book.term("trên địa bàn tỉnh", &places);
    book.term("toàn tỉnh", &[(Some("huyện"), "", None, "toàn huyện")]);
    book.term("dịch vụ công mức độ 3, mức độ 4", &[(None, "", Some(2022), "dịch vụ công trực tuyến toàn trình, một phần")]);
    book
}

fn registry() -> Registry {
    let (registry, _) = book().build();
    registry
}

const IN_2022: &str = "1/1/2022";

/// The body that bears a name at a date.
fn body(registry: &Registry, name: &str, date: &str) -> Body {
    let listed = registry.read_list(name, true, day(date));
    assert_eq!(listed.len(), 1, "{name}: {listed:?}");
    listed[0].body
}

fn agency(registry: &Registry, name: &str, date: &str) -> AgencyId {
    match body(registry, name, date) {
        Body::Agency(id) => id,
        other => panic!("{name}: {other:?}"),
    }
}
