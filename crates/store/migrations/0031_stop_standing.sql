-- Where the three forms of each nicotine intervention stand, in the order of the grants: STOPbasen's page counts them in one
-- walk. All of it follows from interventions, consents and answers, and is written anew when one of those changes.
create table stop_standing (
    organization {bigint} not null references organization (key),
    granted_on {day} not null,
    id {uuid} not null,
    citizen {uuid} not null,
    course {uuid} not null,
    -- Has begun and is not over.
    runs {flag} not null,
    -- Last day of one that had begun.
    ended_on {day},
    -- The citizen said yes to the register, and to being contacted after six months.
    registered {flag} not null default {false},
    contact {flag} not null default {false},
    -- The answers that count for each form, and whether they are whole.
    start_form {uuid},
    start_state text,
    end_form {uuid},
    end_state text,
    later_form {uuid},
    later_state text,
    -- Whether the citizen was reached after six months.
    reached {flag},
    primary key (organization, granted_on, id),
    foreign key (organization, citizen) references citizen (organization, id)
) {clustered};
create index stop_standing_by_citizen on stop_standing (organization, citizen);

insert into stop_standing (organization, granted_on, id, citizen, course, runs, ended_on)
    select p.organization, p.granted_on, p.id, p.citizen, p.course,
        p.state = 'active' or (p.state = 'paused' and exists (select 1 from record_version v
            where v.organization = p.organization and v.citizen = p.citizen and v.kind = 'planned_intervention'
                and v.id = p.id and v.version = p.version and (v.content -> 'status' ->> 'started_on') is not null)),
        case when p.state in ('completed', 'stopped') then p.ended_on end
    from planned_intervention p where p.code = 'nicotine_cessation' and p.state <> 'entered_in_error';
update stop_standing set
    registered = coalesce((select c.stands from consent c where c.organization = stop_standing.organization
        and c.citizen = stop_standing.citizen and c.purpose = 'stopbasen'
        order by c.said_on desc, c.id desc limit 1), {false}),
    contact = coalesce((select c.stands from consent c where c.organization = stop_standing.organization
        and c.citizen = stop_standing.citizen and c.purpose = 'stopbasen_follow_up'
        order by c.said_on desc, c.id desc limit 1), {false}),
    start_form = (select r.id from response r where r.organization = stop_standing.organization
        and r.citizen = stop_standing.citizen and coalesce(r.instrument, '') = 'stopbasen_baseline' and not r.in_error
        and r.state not in ('not_started', 'in_progress') and r.measured_on >= stop_standing.granted_on
        and not exists (select 1 from planned_intervention n where n.organization = r.organization
            and n.citizen = r.citizen and n.code = 'nicotine_cessation' and n.state <> 'entered_in_error'
            and n.granted_on > stop_standing.granted_on and n.granted_on <= r.measured_on)
        order by case when r.state = 'complete' then 0 else 1 end, r.measured_on desc, r.id desc limit 1),
    end_form = (select r.id from response r where r.organization = stop_standing.organization
        and r.citizen = stop_standing.citizen and coalesce(r.instrument, '') = 'stopbasen_end' and not r.in_error
        and r.state not in ('not_started', 'in_progress') and r.measured_on >= stop_standing.granted_on
        and not exists (select 1 from planned_intervention n where n.organization = r.organization
            and n.citizen = r.citizen and n.code = 'nicotine_cessation' and n.state <> 'entered_in_error'
            and n.granted_on > stop_standing.granted_on and n.granted_on <= r.measured_on)
        order by case when r.state = 'complete' then 0 else 1 end, r.measured_on desc, r.id desc limit 1),
    later_form = (select r.id from response r where r.organization = stop_standing.organization
        and r.citizen = stop_standing.citizen and coalesce(r.instrument, '') = 'stopbasen_6m' and not r.in_error
        and r.state not in ('not_started', 'in_progress') and r.measured_on >= stop_standing.granted_on
        and not exists (select 1 from planned_intervention n where n.organization = r.organization
            and n.citizen = r.citizen and n.code = 'nicotine_cessation' and n.state <> 'entered_in_error'
            and n.granted_on > stop_standing.granted_on and n.granted_on <= r.measured_on)
        order by case when r.state = 'complete' then 0 else 1 end, r.measured_on desc, r.id desc limit 1);
update stop_standing set
    start_state = (select r.state from response r
        where r.organization = stop_standing.organization and r.id = stop_standing.start_form),
    end_state = (select r.state from response r
        where r.organization = stop_standing.organization and r.id = stop_standing.end_form),
    later_state = (select r.state from response r
        where r.organization = stop_standing.organization and r.id = stop_standing.later_form),
    reached = (select r.reached from response r
        where r.organization = stop_standing.organization and r.id = stop_standing.later_form);

-- Nobody reads these any more.
drop index planned_intervention_nicotine;
drop index response_stopbasen;
