//! One optimal assignment of parent's tasks to child's tasks.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Scores by parent's task and child's task.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    columns: usize,
    cells: Vec<f32>,
}

impl Grid {
    /// Returns a grid of zeros.
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { columns, cells: vec![0.0; rows * columns] }
    }

    pub(super) fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn get(&self, row: usize, column: usize) -> f32 {
        self.cells[row * self.columns + column]
    }

    pub(super) fn set(&mut self, row: usize, column: usize, score: f32) {
        self.cells[row * self.columns + column] = score;
    }
}

/// Returns the pairs whose scores sum highest, each task at most once, none below `least`. Sorted by row.
pub(super) fn assign(grid: &Grid, least: f32) -> Vec<(usize, usize)> {
    let holds = |row: usize, column: usize| grid.get(row, column) >= least;
    // tasks without any candidate need no place in the matrix, which costs the cube of its size
    let rows: Vec<usize> = (0..grid.rows()).filter(|row| (0..grid.columns()).any(|column| holds(*row, column))).collect();
    let columns: Vec<usize> = (0..grid.columns()).filter(|column| rows.iter().any(|row| holds(*row, *column))).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let value = |row: usize, column: usize| -> i64 {
        if holds(row, column) {
            #[expect(clippy::cast_possible_truncation, reason = "scores lie between 0 and 1")]
            let value = (f64::from(grid.get(row, column)) * 1_000_000.0) as i64;
            value
        } else {
            0
        }
    };
    // the matrix must not have more rows than columns
    let turned = rows.len() > columns.len();
    let (short, long) = if turned { (&columns, &rows) } else { (&rows, &columns) };
    let matrix =
        Matrix::from_fn(short.len(), long.len(), |(a, b)| if turned { value(long[b], short[a]) } else { value(short[a], long[b]) });
    let (_, chosen) = kuhn_munkres(&matrix);
    let mut out: Vec<(usize, usize)> = chosen
        .into_iter()
        .enumerate()
        .map(|(a, b)| if turned { (long[b], short[a]) } else { (short[a], long[b]) })
        .filter(|(row, column)| holds(*row, *column))
        .collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_counts_and_weak_pairs_do_not() {
        // the first row would take the column that the second needs
        let mut grid = Grid::new(3, 2);
        for (row, column, score) in [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85), (1, 1, 0.1), (2, 1, 0.2)] {
            grid.set(row, column, score);
        }
        assert_eq!(assign(&grid, 0.3), [(0, 1), (1, 0)]);
        assert_eq!(assign(&Grid::new(0, 0), 0.3), []);
    }
}
