//! The fields of a task by name: one list for findings, chains, fingerprints and comparisons.

use super::{ColumnField, Fields, Origin, Piece, Role};
use crate::agency::Registry;
use crate::base::Key;
use crate::value::Deadline;

/// A field of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskField {
    /// What is to be done.
    Content,
    /// Sản phẩm.
    Products,
    /// Cơ quan chủ trì.
    Leads,
    /// Cơ quan phối hợp.
    Coordinators,
    /// Cơ quan tổng hợp.
    Synthesisers,
    /// Thời gian hoàn thành.
    Deadline,
    /// Chỉ tiêu.
    Targets,
    /// Kinh phí.
    Budget,
    /// Lĩnh vực.
    Sector,
    /// Căn cứ.
    Basis,
    /// Ghi chú.
    Note,
    /// Cột: columns of the user's own.
    Own,
    /// Điểm chuẩn of a criterion.
    Standard,
    /// Điểm năm trước of a criterion.
    Previous,
    /// Mục tiêu of a criterion.
    Goal,
    /// Giải pháp of a criterion.
    Measures,
}

impl TaskField {
    /// All fields, in the order in which they are told.
    pub const ALL: [Self; 16] = [
        Self::Content,
        Self::Products,
        Self::Leads,
        Self::Coordinators,
        Self::Synthesisers,
        Self::Deadline,
        Self::Targets,
        Self::Budget,
        Self::Sector,
        Self::Basis,
        Self::Note,
        Self::Own,
        Self::Standard,
        Self::Previous,
        Self::Goal,
        Self::Measures,
    ];

    /// Returns the column of a table that shows the field; `None` for one that no table shows by itself.
    pub fn column(self) -> Option<ColumnField> {
        Some(match self {
            Self::Content => ColumnField::Content,
            Self::Products => ColumnField::Products,
            Self::Leads => ColumnField::Leads,
            Self::Coordinators => ColumnField::Coordinators,
            Self::Synthesisers => ColumnField::Synthesisers,
            Self::Deadline => ColumnField::Deadline,
            Self::Targets => ColumnField::Targets,
            Self::Budget => ColumnField::Budget,
            Self::Note => ColumnField::Note,
            Self::Standard => ColumnField::Standard,
            Self::Previous => ColumnField::Previous,
            Self::Goal => ColumnField::Goal,
            Self::Measures => ColumnField::Measures,
            Self::Sector | Self::Basis | Self::Own => return None,
        })
    }

    /// Returns the label under which a plan states the field; `Nội dung` for the words behind the code.
    pub fn label(self) -> &'static str {
        match self {
            Self::Content => "Nội dung",
            Self::Products => "Sản phẩm",
            Self::Leads => "Cơ quan chủ trì",
            Self::Coordinators => "Cơ quan phối hợp",
            Self::Synthesisers => "Cơ quan tổng hợp",
            Self::Deadline => "Thời gian hoàn thành",
            Self::Targets => "Chỉ tiêu",
            Self::Budget => "Kinh phí",
            Self::Sector => "Lĩnh vực",
            Self::Basis => "Căn cứ",
            Self::Note => "Ghi chú",
            Self::Own => "Cột",
            Self::Standard => "Điểm chuẩn",
            Self::Previous => "Điểm năm trước",
            Self::Goal => "Mục tiêu",
            Self::Measures => "Giải pháp",
        }
    }

    /// Returns the field's name in English.
    pub fn english(self) -> &'static str {
        match self {
            Self::Content => "Content",
            Self::Products => "Products",
            Self::Leads => "Leads",
            Self::Coordinators => "Coordinators",
            Self::Synthesisers => "Synthesisers",
            Self::Deadline => "Deadline",
            Self::Targets => "Targets",
            Self::Budget => "Budget",
            Self::Sector => "Sector",
            Self::Basis => "Basis",
            Self::Note => "Note",
            Self::Own => "Columns",
            Self::Standard => "Standard score",
            Self::Previous => "Last year's score",
            Self::Goal => "Target score",
            Self::Measures => "Measures",
        }
    }

    /// Returns the field with a name: its label or a short form of it (`chủ trì`), tones optional, or the English name (`lead`, `leads`).
    pub fn parse(name: &str) -> Option<Self> {
        let key = Key::new(name).toneless();
        let named = |field: &Self| {
            let names = [field.label(), field.english()].into_iter().chain(field.short_names().iter().copied());
            names.into_iter().any(|known| Key::new(known).toneless() == key)
        };
        Self::ALL.into_iter().find(named)
    }

    fn short_names(self) -> &'static [&'static str] {
        match self {
            Self::Products => &["product"],
            Self::Leads => &["chủ trì", "lead"],
            Self::Coordinators => &["phối hợp", "coordinator"],
            Self::Synthesisers => &["tổng hợp", "synthesiser"],
            Self::Deadline => &["thời gian", "thời hạn"],
            Self::Targets => &["target"],
            Self::Own => &["own"],
            Self::Standard => &["standard"],
            Self::Previous => &["previous"],
            Self::Goal => &["goal"],
            Self::Measures => &["measure"],
            Self::Content | Self::Budget | Self::Sector | Self::Basis | Self::Note => &[],
        }
    }

    /// Says whether fields hold a value of this one, be it an empty list.
    pub fn is_stated(self, fields: &Fields) -> bool {
        self.origin(fields).is_some()
    }

    /// Returns where the field's value comes from; `None` where there is none.
    pub fn origin(self, fields: &Fields) -> Option<&Origin> {
        fn of<T>(piece: &Option<Piece<T>>) -> Option<&Origin> {
            piece.as_ref().map(|piece| &piece.origin)
        }
        match self {
            Self::Content => of(&fields.content),
            Self::Products => of(&fields.products),
            Self::Leads => of(&fields.leads),
            Self::Coordinators => of(&fields.coordinators),
            Self::Synthesisers => of(&fields.synthesisers),
            Self::Deadline => of(&fields.deadline),
            Self::Targets => of(&fields.targets),
            Self::Budget => of(&fields.budget),
            Self::Sector => of(&fields.sector),
            Self::Basis => of(&fields.basis),
            Self::Note => of(&fields.note),
            Self::Own => of(&fields.own),
            Self::Standard => of(&fields.scores.standard),
            Self::Previous => of(&fields.scores.previous),
            Self::Goal => of(&fields.scores.goal),
            Self::Measures => of(&fields.measures),
        }
    }

    /// Returns the field's value as a document prints it, one text per item; `None` where there is none.
    pub fn items(self, fields: &Fields, registry: &Registry) -> Option<Vec<String>> {
        fn of<T>(piece: &Option<Piece<T>>, print: impl FnOnce(&T) -> Vec<String>) -> Option<Vec<String>> {
            piece.as_ref().map(|piece| print(&piece.value))
        }
        let text = |piece: &Option<Piece<String>>| of(piece, |text| vec![text.clone()]);
        let roles = |piece: &Option<Piece<Vec<Role>>>| of(piece, |roles| roles.iter().map(Role::printed).collect());
        match self {
            Self::Content => text(&fields.content),
            Self::Products => of(&fields.products, |list| list.iter().map(|product| product.text.clone()).collect()),
            Self::Leads => roles(&fields.leads),
            Self::Coordinators => roles(&fields.coordinators),
            Self::Synthesisers => roles(&fields.synthesisers),
            Self::Deadline => of(&fields.deadline, times),
            Self::Targets => of(&fields.targets, |lines| lines.iter().map(|line| line.target.text.clone()).collect()),
            Self::Budget => text(&fields.budget),
            Self::Sector => of(&fields.sector, |sector| vec![registry.sector(*sector).name.clone()]),
            Self::Basis => of(&fields.basis, Clone::clone),
            Self::Note => text(&fields.note),
            Self::Own => of(&fields.own, |list| list.iter().map(|(name, value)| format!("{name} = {value}")).collect()),
            Self::Standard => of(&fields.scores.standard, |score| vec![score.text.clone()]),
            Self::Previous => of(&fields.scores.previous, |score| vec![score.text.clone()]),
            Self::Goal => of(&fields.scores.goal, |score| vec![score.text.clone()]),
            Self::Measures => of(&fields.measures, Clone::clone),
        }
    }
}

/// Returns the entries of a deadline as printed: `Báo cáo: Quý IV/2022`.
fn times(deadline: &Deadline) -> Vec<String> {
    let entries = deadline.entries.iter().map(|entry| match &entry.of {
        Some(of) => format!("{of}: {}", entry.text),
        None => entry.text.clone(),
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_by_label_short_form_and_in_english() {
        for name in ["Cơ quan chủ trì", "chủ trì", "chu tri", "leads", "Lead"] {
            assert_eq!(TaskField::parse(name), Some(TaskField::Leads), "{name}");
        }
        assert_eq!(TaskField::parse("chủ"), None);
        for field in TaskField::ALL {
            assert_eq!(TaskField::parse(field.label()), Some(field));
            assert_eq!(TaskField::parse(field.english()), Some(field));
        }
    }
}
