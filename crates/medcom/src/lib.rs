//! medcom
