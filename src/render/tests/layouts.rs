//! The four layouts over one plan: nothing is lost, and every page keeps its width.

use super::super::fixture::at;
use super::*;
use crate::model::{Criterion, Fields, Layout, Origin, Piece, ScoreTable, Scores};
use crate::value::Score;

const ALL: [Layout; 4] = [Layout::Appendices, Layout::InPlan, Layout::List, Layout::Scores];

fn laid_out(layout: Layout) -> Fixture {
    let mut fixture = fixture();
    for plan in &mut fixture.model.plans {
        plan.header.layout = Some(layout);
    }
    fixture
}

/// Scores all tasks of the province's first appendix, below one criterion.
fn scored() -> Fixture {
    let mut fixture = laid_out(Layout::Scores);
    let piece = |text: &str| Score::parse(text).map(|value| Piece { value, origin: Origin::stated(at(1)) });
    let scores = |text: &str| Scores { standard: piece(text), previous: None, goal: piece(text) };
    let content = &mut fixture.derivations[PROVINCE].content;
    let mut number = 0;
    for task in content.tasks.iter_mut().filter(|task| task.appendix == Some(0)) {
        number += 1;
        task.code.text = format!("1.{number}");
        task.fields.scores = scores("0,5");
    }
    let title = Piece { value: "Chỉ đạo, điều hành".to_owned(), origin: Origin::stated(at(1)) };
    let fields = Fields { content: Some(title), scores: scores("9,5"), ..Fields::default() };
    let code = crate::model::Code::new("1", at(1));
    let criterion = Criterion { code, fields, loc: at(1) };
    content.appendices[0].scores = Some(ScoreTable { criteria: vec![criterion], total: scores("100"), loc: at(1) });
    fixture
}

#[test]
fn every_layout_keeps_every_width() {
    for fixture in ALL.map(laid_out).into_iter().chain([scored()]) {
        for width in 60..=160 {
            for plan in [PROVINCE, DISTRICT] {
                let page = page(&fixture, plan, width);
                let wide: Vec<&str> = page.lines().filter(|line| line.chars().count() > width).collect();
                assert!(wide.is_empty(), "{width}: {wide:?}");
            }
        }
    }
}

#[test]
fn no_layout_loses_a_task_or_prints_it_in_two_tables() {
    for layout in ALL {
        let fixture = laid_out(layout);
        for plan in [PROVINCE, DISTRICT] {
            let view = plan_view(&fixture, plan);
            let narrative = reading(&view.parts).join("\n");
            for task in &fixture.derivations[plan].content.tasks {
                let rows = view.appendices.iter().flat_map(|appendix| &appendix.table.rows).filter(|row| row.code == task.code.text);
                let content = task.fields.content.as_ref().map_or("", |content| content.value.trim_end_matches('.'));
                // quotes are set in pairs on paper
                let told = narrative.contains(content.split('"').next().unwrap_or(content));
                match (layout, rows.count()) {
                    (Layout::InPlan, 0) => assert!(told, "{}\n{narrative}", task.code.text),
                    (_, 0) => assert!(told, "{layout:?} {}", task.code.text),
                    (_, count) => assert_eq!(count, 1, "{layout:?} {}", task.code.text),
                }
            }
        }
    }
}

#[test]
fn a_list_is_one_table_and_a_plan_with_tasks_inside_has_none() {
    assert_eq!(plan_view(&laid_out(Layout::List), PROVINCE).appendices.len(), 1);
    assert_eq!(plan_view(&laid_out(Layout::InPlan), PROVINCE).appendices.len(), 0);
}

#[test]
fn a_score_table_opens_with_its_criterion_and_ends_with_the_total() {
    let view = plan_view(&scored(), PROVINCE);
    let rows = &view.appendices[0].table.rows;
    assert_eq!((rows[0].cells[0].join(""), rows[0].cells[1].join("")), ("1".to_owned(), "CHỈ ĐẠO, ĐIỀU HÀNH".to_owned()));
    assert_eq!(rows[1].cells[0], ["1.1"]);
    let last = rows.last().unwrap();
    assert_eq!((last.cells[1].join(""), last.cells[2].join("")), ("TỔNG ĐIỂM".to_owned(), "100".to_owned()));
}
