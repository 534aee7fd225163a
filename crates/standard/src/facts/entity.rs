//! One form for all entities of the facts: every fact may be missing, an unknown one is refused, and its names can be listed.

/// A struct of facts, with the name of its entity in the standard and the names of its facts.
macro_rules! entity {
    ($(#[$meta:meta])* pub struct $name:ident: $entity:literal { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)+ }

        impl $name {
            /// The entity's name in `data/fields.toml`.
            pub const ENTITY: &'static str = $entity;
            /// Its facts.
            pub const FACTS: &'static [&'static str] = &[$(stringify!($field)),+];
        }
    };
}
pub(super) use entity;
