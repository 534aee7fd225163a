-- Figures of other municipalities and of national sources, to compare with: aggregates alone, by the same definitions. No citizen
-- is in them. A figure that a source gives anew takes the place of the one before; the log keeps the fingerprint of each file.
create table figure_elsewhere (
    organization {bigint} not null references organization (key),
    indicator {sorted} not null,
    -- The definition's version: figures of two versions are not compared.
    version {bigint} not null,
    -- Whose figure it is, as the file says it.
    source {sorted} not null,
    from_on {day} not null,
    to_on {day} not null,
    -- A decimal number with a point: a share between 0 and 1, days, or a count.
    value text not null,
    numerator {bigint},
    denominator {bigint},
    imported_at {instant} not null,
    imported_by {uuid} not null,
    primary key (organization, indicator, version, source, from_on, to_on)
) {clustered};
