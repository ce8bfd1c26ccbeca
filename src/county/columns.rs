//! A county's figures as Parquet, for engines that work on hundreds of millions of them: a row a body and cell, so that the columns
//! stay the same over years and forms. Counts are pieces, money is 分, a blank is null.

use std::sync::Arc;

use parquet::basic::{Compression, GzipLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::assembled::County;
use crate::model::{CellId, Kind};

/// The columns.
const SCHEMA: &str = "message county {
    required binary unit (STRING);
    required binary kind (STRING);
    required binary state (STRING);
    required int32 year;
    required binary form (STRING);
    required binary key (STRING);
    required boolean is_money;
    optional int64 value;
    optional int64 reported;
    optional int64 last;
    required int32 errors;
    required int32 warnings;
    required binary file (STRING);
}";

/// Bodies of a row group: some million rows, which is what engines read at a time.
const A_GROUP: usize = 5_000;

/// The county as a Parquet file.
///
/// # Errors
/// The library cannot make it.
pub fn parquet(county: &County) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = WriterProperties::builder().set_compression(Compression::GZIP(GzipLevel::try_new(1)?)).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let places: Vec<usize> = county.expected().collect();
    for places in places.chunks(A_GROUP) {
        group(county, places, writer.next_row_group()?)?;
    }
    writer.into_inner()
}

/// The rows of some bodies, column by column, in the order of the schema.
fn group(county: &County, places: &[usize], mut group: SerializedRowGroupWriter<'_, Vec<u8>>) -> Result<(), ParquetError> {
    let form = &county.form;
    let num_cells = form.cells.len();
    let mended = county.mended();
    let words = |of: &dyn Fn(usize) -> String| -> Vec<ByteArray> {
        places.iter().flat_map(|place| std::iter::repeat_n(ByteArray::from(of(*place).into_bytes()), num_cells)).collect()
    };
    let numbers = |of: &dyn Fn(usize) -> u32| -> Vec<i32> {
        places.iter().flat_map(|place| std::iter::repeat_n(i32::try_from(of(*place)).unwrap_or(i32::MAX), num_cells)).collect()
    };
    let reported = |place: usize| -> Vec<Option<i64>> {
        let figures = county.summed(place).map(|taken| taken.figures.iter().collect()).unwrap_or_default();
        padded(figures, num_cells)
    };
    let value = |place: usize| -> Vec<Option<i64>> {
        let mut figures = reported(place);
        for ((_, cell), one) in mended.range((place, CellId::default())..).take_while(|((unit, _), _)| *unit == place) {
            if let Some(figure) = figures.get_mut(cell.index()) {
                *figure = one.to.value();
            }
        }
        figures
    };
    let last = |place: usize| padded(county.last(place).map(|last| last.iter().collect()).unwrap_or_default(), num_cells);
    let state = |place: usize| county.standings.get(place).and_then(|standing| standing.state).map_or("", super::state::State::code);
    let found = |place: usize| county.counted(place).map(|taken| taken.counts).unwrap_or_default();
    let per_cell = |of: &dyn Fn(&crate::form::Cell) -> ByteArray| -> Vec<ByteArray> {
        let cells: Vec<ByteArray> = form.cells.iter().map(of).collect();
        places.iter().flat_map(|_| cells.iter().cloned()).collect()
    };
    let is_money: Vec<bool> = places.iter().flat_map(|_| form.cells.iter().map(|cell| matches!(cell.kind, Kind::Money(_)))).collect();
    let form_of = |place: usize| county.counted(place).map_or_else(|| form.id.to_string(), |taken| taken.form.to_string());
    let file = |place: usize| county.counted(place).map(|taken| taken.lying.path.display().to_string()).unwrap_or_default();
    let years = vec![i32::from(county.year); places.len() * num_cells];
    put::<ByteArrayType>(&mut group, &words(&|place| county.name(place).to_owned()), None)?;
    put::<ByteArrayType>(&mut group, &words(&|place| county.unit(place).map_or("", |unit| unit.kind.code()).to_owned()), None)?;
    put::<ByteArrayType>(&mut group, &words(&|place| state(place).to_owned()), None)?;
    put::<Int32Type>(&mut group, &years, None)?;
    put::<ByteArrayType>(&mut group, &words(&form_of), None)?;
    put::<ByteArrayType>(&mut group, &per_cell(&|cell| ByteArray::from(cell.key.as_bytes().to_vec())), None)?;
    put::<BoolType>(&mut group, &is_money, None)?;
    let figures: [&dyn Fn(usize) -> Vec<Option<i64>>; 3] = [&value, &reported, &last];
    for of in figures {
        let all: Vec<Option<i64>> = places.iter().flat_map(|place| of(*place)).collect();
        let is_there: Vec<i16> = all.iter().map(|figure| i16::from(figure.is_some())).collect();
        put::<Int64Type>(&mut group, &all.into_iter().flatten().collect::<Vec<_>>(), Some(&is_there))?;
    }
    put::<Int32Type>(&mut group, &numbers(&|place| found(place).error), None)?;
    put::<Int32Type>(&mut group, &numbers(&|place| found(place).warning), None)?;
    put::<ByteArrayType>(&mut group, &words(&file), None)?;
    group.close()?;
    Ok(())
}

fn padded(mut figures: Vec<Option<i64>>, num: usize) -> Vec<Option<i64>> {
    figures.resize(num, None);
    figures
}

/// Writes the next column.
fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[T::T],
    is_there: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("no column is left".to_owned()))?;
    column.typed::<T>().write_batch(values, is_there, None)?;
    column.close()
}
