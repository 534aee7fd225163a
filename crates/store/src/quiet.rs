//! The PostgreSQL driver logs the values of every statement at level debug, CPR numbers and names among them. Whatever
//! an operator asks the log to show, those lines are not compiled in: feature `max_level_info` of `log`.

const _: () = assert!(
    log::STATIC_MAX_LEVEL as usize <= log::LevelFilter::Info as usize,
    "the PostgreSQL driver would write CPR numbers into the log"
);
