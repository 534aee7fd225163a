//! A view as a Parquet file: each column with its type, and the data dictionary in the file's own notes, so that the file
//! explains itself. One row group; nothing is compressed, since the page packs all files together.

use std::sync::Arc;

use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use analysis::extract::Rows;
use analysis::{Column, Kind, View, dictionary};

/// Writes the rows of a view.
pub(super) fn write(view: &View, columns: &[&'static Column], rows: &Rows) -> Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(&view.name).with_fields(fields).build()?;
    let notes =
        columns.iter().map(|column| KeyValue::new(column.name.clone(), dictionary::line(view, column)[5].clone()));
    let properties = WriterProperties::builder().set_key_value_metadata(Some(notes.collect())).build();
    let mut body = Vec::new();
    let mut file = SerializedFileWriter::new(&mut body, Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (at, column) in columns.iter().enumerate() {
        write_column(&mut group, column.kind, rows.iter().map(|row| row.get(at).and_then(Option::as_deref)))?;
    }
    group.close()?;
    file.close()?;
    Ok(body)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Key | Kind::Code | Kind::Day | Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

/// Writes a column; a value is there at level one, and missing at level zero.
fn write_column<'a>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    kind: Kind,
    values: impl Iterator<Item = Option<&'a str>> + Clone,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    match kind {
        Kind::Number => {
            let numbers = values.map(|value| value.and_then(|text| text.parse::<f64>().ok()));
            let levels = numbers.clone().map(|number| i16::from(number.is_some())).collect::<Vec<_>>();
            let numbers = numbers.flatten().collect::<Vec<_>>();
            writer.typed::<DoubleType>().write_batch(&numbers, Some(&levels), None)?;
        }
        Kind::Flag => {
            let levels = values.clone().map(|value| i16::from(value.is_some())).collect::<Vec<_>>();
            let flags = values.flatten().map(|word| word == "true").collect::<Vec<_>>();
            writer.typed::<BoolType>().write_batch(&flags, Some(&levels), None)?;
        }
        Kind::Key | Kind::Code | Kind::Day | Kind::Text => {
            let levels = values.clone().map(|value| i16::from(value.is_some())).collect::<Vec<_>>();
            let texts = values.flatten().map(ByteArray::from).collect::<Vec<_>>();
            writer.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?;
        }
    }
    writer.close()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use analysis::CATALOGUE;

    use super::*;

    #[test]
    fn a_file_is_read_back_with_its_types_what_is_missing_and_its_dictionary() {
        let view = CATALOGUE.view("course").unwrap();
        let columns: Vec<&'static Column> =
            ["course_key", "started", "days_open"].iter().map(|name| view.column(name).unwrap()).collect();
        let rows = vec![
            vec![Some("ab".to_owned()), Some("true".to_owned()), Some("17".to_owned())],
            vec![Some("cd".to_owned()), None, None],
        ];
        let body = write(view, &columns, &rows).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(body)).unwrap();
        let read: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(read.len(), 2);
        assert!(read[0].contains("\"ab\"") && read[0].contains("true") && read[0].contains("17"), "{}", read[0]);
        assert!(read[1].contains("started: null") && read[1].contains("days_open: null"), "{}", read[1]);
        let notes = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(
            notes
                .iter()
                .any(|note| note.key == "days_open" && note.value.as_ref().is_some_and(|it| it.contains("Dage")))
        );
    }
}
