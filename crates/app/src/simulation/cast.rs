//! Who acts in a simulated municipality: a visitator, a coordinator, a leader, and as many professionals as it has.

use std::collections::BTreeSet;

use domain::calendar::{Workday, WorkingHours};
use domain::competence::Competence;
use domain::ids::UserId;
use domain::permission::Role;
use jiff::civil::time;
use simulation::ProfessionalNo;
use store::Scope;

use crate::access::{self, NewUser, User};
use crate::calendar::{self, PractitionerInput};
use crate::{App, AppError, Caller};

/// The staff of a simulation. They cannot log in: they have no password.
pub(super) struct Cast {
    pub visitator: Caller,
    pub coordinator: Caller,
    leader: Caller,
    professionals: Vec<Caller>,
}

/// Competences of everybody who holds talks here, diet treatment excepted: it is not in the simulation.
const COMPETENCES: [Competence; 7] = [
    Competence::ClarifyingTalk,
    Competence::DiseaseCoping,
    Competence::NicotineIndividual,
    Competence::NicotineGroup,
    Competence::PhysicalActivity,
    Competence::Nutrition,
    Competence::Alcohol,
];

impl Cast {
    /// Adds the staff to an organization, with the hours in which the simulation holds talks.
    pub(super) async fn engage(app: &App, organization: i64, professionals: u32) -> Result<Self, AppError> {
        let visitator = add(app, organization, Role::Visitator, "Visitator", 1).await?;
        let coordinator = add(app, organization, Role::Coordinator, "Koordinator", 1).await?;
        let leader = add(app, organization, Role::Leader, "Leder", 1).await?;
        let mut all = Vec::new();
        for number in 1..=professionals {
            all.push(add(app, organization, Role::Professional, "Fagperson", number).await?);
        }
        let cast = Self { visitator, coordinator, leader, professionals: all };
        for (number, professional) in (1_u32..).zip(&cast.professionals) {
            let input = PractitionerInput {
                competences: BTreeSet::from(COMPETENCES),
                hours: hours(number),
                absences: Vec::new(),
                authorised: true,
            };
            calendar::set_practitioner_role(app, &cast.leader, professional.user, None, input).await?;
        }
        Ok(cast)
    }

    /// A professional by number.
    pub(super) fn professional(&self, number: ProfessionalNo) -> &Caller {
        self.professionals.get(number.index()).unwrap_or(&self.leader)
    }

    /// Whoever writes what no number is named for.
    pub(super) fn anyone(&self) -> &Caller {
        self.professional(ProfessionalNo(0))
    }

    /// Several by number.
    pub(super) fn users(&self, numbers: &[ProfessionalNo]) -> Vec<UserId> {
        numbers.iter().map(|number| self.professional(*number).user).collect()
    }
}

async fn add(app: &App, organization: i64, role: Role, title: &str, number: u32) -> Result<Caller, AppError> {
    let code = app.organization(organization).await?.code.as_str().to_owned();
    let initials = format!("{}{number}", title.chars().next().unwrap_or('X'));
    let new = NewUser {
        user_name: format!("simuleret-{}-{number}-{code}", role.word()),
        name: format!("{title} {number}"),
        initials,
        title: title.to_owned(),
        role,
        password: None,
    };
    let scope = Scope::system(organization, app.now(), "simulation.staff");
    // Whoever was engaged by a run that was broken off is still there.
    let there = access::users(app, organization).await?.into_iter().find(|user| user.user_name == new.user_name);
    let user = match there {
        Some(user) => user,
        None => access::add_user(app, scope, new).await?,
    };
    let User { id, name, initials, title, role, .. } = user;
    Ok(Caller { organization, user: id, name, initials, title, role, builds_on: None })
}

/// Every working day in a room of their own.
fn hours(number: u32) -> Vec<WorkingHours> {
    let place = format!("Sundhedscentret, samtalerum {number}");
    let block =
        |day: &Workday| WorkingHours { day: *day, from: time(8, 0, 0, 0), to: time(18, 0, 0, 0), place: place.clone() };
    Workday::ALL.iter().map(block).collect()
}
