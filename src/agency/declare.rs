//! Declarations: what DANH BẠ says, as plain data, before it is checked.

use crate::base::{Date, Loc, Year};

/// A name with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As written.
    pub text: String,
    /// Where.
    pub loc: Loc,
}

/// From when to when something is in force; both ends included, open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Validity {
    /// Says whether it is in force on `date`.
    pub fn holds(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Says whether two stretches share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.from.is_none_or(|from| other.to.is_none_or(|to| from <= to))
            && other.from.is_none_or(|from| self.to.is_none_or(|to| from <= to))
    }
}

/// CẤP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelDecl {
    /// `tỉnh`.
    pub name: Named,
    /// `Thuộc`: upper levels, each for a time.
    pub under: Vec<(Named, Validity)>,
    /// `Hiệu lực`.
    pub validity: Validity,
}

/// ĐƠN VỊ, or a row of a bulk file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDecl {
    /// Its code.
    pub code: Named,
    /// Name with its type word (`huyện Hoằng Hóa`).
    pub name: Named,
    /// `Tên khác`.
    pub other_names: Vec<Named>,
    /// `Mã hành chính`.
    pub official_code: Option<String>,
    /// `Thuộc`: codes, official codes or names of upper units, each for a time.
    pub under: Vec<(Named, Validity)>,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// `Kế tục`: codes or names of successors.
    pub successors: Vec<Named>,
    /// The column `nhập từ` of a bulk file: the units that it succeeds.
    pub predecessors: Vec<Predecessor>,
    /// `Căn cứ`.
    pub basis: Option<Named>,
}

/// A unit of which another is the successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predecessor {
    /// Its code, official code or name.
    pub unit: Named,
    /// Whether only a part of its territory came over (`14758*`).
    pub part: bool,
}

/// CƠ QUAN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyDecl {
    /// Its code.
    pub code: Named,
    /// `Sở Nội vụ`.
    pub name: Named,
    /// `Tên khác`.
    pub other_names: Vec<Named>,
    /// `Cấp`; findings where missing.
    pub level: Option<Named>,
    /// `Thuộc`: the agency that it is part of, each for a time.
    pub under: Vec<(Named, Validity)>,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// `Kế tục`: names of successors with the sectors in brackets.
    pub successors: Vec<(Named, Vec<Named>)>,
    /// `Căn cứ`.
    pub basis: Option<Named>,
}

/// A line of NGÀNH: `- huyện: Phòng Kinh tế và Hạ tầng (huyện)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelLine {
    /// The level's name.
    pub level: Named,
    /// The body's name.
    pub body: Named,
    /// Unit types in brackets (`quận`, `thị xã`, `thành phố`); empty for any.
    pub unit_types: Vec<String>,
    /// Dates in brackets.
    pub validity: Validity,
    /// The whole line.
    pub loc: Loc,
}

/// NGÀNH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorDecl {
    /// `tài chính`.
    pub name: Named,
    /// `Tên khác`.
    pub other_names: Vec<Named>,
    /// Its bodies by level.
    pub lines: Vec<LevelLine>,
}

/// NHÓM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDecl {
    /// `Các sở, ban, ngành cấp tỉnh`.
    pub name: Named,
    /// `Tên khác`.
    pub other_names: Vec<Named>,
    /// `Loại: mở`.
    pub open: bool,
    /// `Quy đổi` by level.
    pub conversions: Vec<LevelLine>,
}

/// A line of THUẬT NGỮ: `- trên địa bàn tỉnh: huyện = trên địa bàn huyện; xã = trên địa bàn xã`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermDecl {
    /// The phrase of the upper level.
    pub from: Named,
    /// What it becomes.
    pub lines: Vec<TermLine>,
    /// The whole line.
    pub loc: Loc,
}

/// One replacement of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermLine {
    /// The level's name; `None` for a term that changes with time only (`từ 2022 = …`).
    pub level: Option<String>,
    /// Unit types in brackets; empty for any.
    pub unit_types: Vec<String>,
    /// First year (`từ 2022`).
    pub from_year: Option<Year>,
    /// The phrase that it becomes.
    pub to: String,
}

/// All that the DANH BẠ of a project declare, in source order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declarations {
    /// CẤP.
    pub levels: Vec<LevelDecl>,
    /// ĐƠN VỊ and bulk rows.
    pub units: Vec<UnitDecl>,
    /// CƠ QUAN.
    pub agencies: Vec<AgencyDecl>,
    /// NGÀNH.
    pub sectors: Vec<SectorDecl>,
    /// NHÓM.
    pub groups: Vec<GroupDecl>,
    /// THUẬT NGỮ.
    pub terms: Vec<TermDecl>,
}
