//! Who can stand in a role.

use serde::Serialize;

use super::{AgencyId, GroupId, LevelId, UnitId};

/// A body named in a role or in text. Equality is identity of the body, whatever words named it:
/// `UBND cấp xã`, `UBND các xã, thị trấn` and `Các xã, thị trấn` are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A declared agency: at a unit it is that unit's own.
    Agency(AgencyId),
    /// UBND, its chair, HĐND, party committee: they exist for each unit by rule.
    Institution(Institution, Holder),
    /// A declared group (NHÓM).
    Group(GroupId),
    /// An open class that is declared nowhere (`Các trường đại học trên địa bàn tỉnh`): only its words say who.
    Open,
    /// A name that is not known: reported where it is read.
    Unknown,
}

/// The institutions that each unit has by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Institution {
    /// UBND (Ủy ban nhân dân).
    Committee,
    /// Chủ tịch UBND.
    Chair,
    /// HĐND (Hội đồng nhân dân).
    Council,
    /// Ban Thường vụ Tỉnh ủy, Huyện ủy, Thành ủy, Thị ủy, Quận ủy, Đảng ủy xã.
    PartyStanding,
    /// Tỉnh ủy, Huyện ủy, …
    Party,
}

/// Whose institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The units of a level (`UBND cấp huyện`, `UBND huyện`, `UBND tỉnh`): in a unit's own plan, of its own level, the unit itself.
    Level(LevelId),
    /// One unit named in person (`UBND thành phố Quảng Ngãi`).
    Unit(UnitId),
    /// All levels (`UBND các cấp`).
    All,
}
