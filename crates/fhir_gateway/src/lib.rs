//! fhir_gateway
