//! Where the demo is played: the program at a clock that stands back in time, with staff who act.

use std::sync::Arc;

use app::access::User;
use app::referrals::{self, AttemptInput, CheckInput, NewRequest, RequestOutcome, RouteInput, Routed};
use app::{App, AppError, Caller, SteppedClock, ids};
use domain::contact::ContactChannel;
use domain::ids::ServiceRequestId;
use domain::permission::Role;
use domain::referral::FirstStep;
use domain::workdays::{ExtraClosedDays, local, local_date, workday_before};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// The program on its stage.
pub struct Stage {
    /// The program at the stage's time.
    pub app: App,
    clock: Arc<SteppedClock>,
    curtain: Timestamp,
    staff: Vec<Caller>,
}

/// How long before now the demo starts.
const START: SignedDuration = SignedDuration::from_hours(24 * 200);

/// A user who acts.
pub fn caller(organization: i64, user: &User) -> Caller {
    Caller {
        organization,
        user: user.id,
        name: user.name.clone(),
        initials: user.initials.clone(),
        title: user.title.clone(),
        role: user.role,
        builds_on: None,
    }
}

/// The program at a clock that stands where a day begins.
pub fn standing_at(app: &App, day: Date) -> App {
    let zone = local(app.now()).time_zone().clone();
    let midnight = day.to_zoned(zone).map_or_else(|_| app.now(), |at| at.timestamp());
    let mut past = app.clone();
    past.clock = Arc::new(SteppedClock::at(midnight));
    past
}

impl Stage {
    /// A stage on the program's store, some months before now.
    pub fn before(app: &App) -> Self {
        let curtain = app.now();
        let clock = Arc::new(SteppedClock::at(curtain.saturating_sub(START).unwrap_or(curtain)));
        let mut app = app.clone();
        app.clock = clock.clone();
        Self { app, clock, curtain, staff: Vec::new() }
    }

    /// Brings the staff on.
    pub fn engage(&mut self, organization: i64, users: &[User]) {
        self.staff = users.iter().map(|user| caller(organization, user)).collect();
    }

    /// Somebody of a role.
    pub fn who(&self, role: Role) -> anyhow::Result<Caller> {
        let found = self.staff.iter().find(|caller| caller.role == role).cloned();
        found.ok_or_else(|| anyhow::anyhow!("the demo has nobody who is {}", role.word()))
    }

    /// Now, for whoever opens the demo.
    pub const fn curtain(&self) -> Timestamp {
        self.curtain
    }

    /// A day so many working days before today.
    pub fn day(&self, workdays_ago: u16) -> Date {
        let today = local_date(self.curtain);
        (0..workdays_ago).fold(today, |day, _| workday_before(day, ExtraClosedDays::default()))
    }

    /// A time of that day.
    pub fn time(&self, workdays_ago: u16, hour: i8) -> Timestamp {
        let zone = local(self.curtain).time_zone().clone();
        let at = self.day(workdays_ago).at(hour, 0, 0, 0).to_zoned(zone);
        at.map_or(self.curtain, |at| at.timestamp())
    }

    /// Moves on to an hour of a day.
    pub fn at(&self, workdays_ago: u16, hour: i8) -> &Self {
        self.move_to(self.time(workdays_ago, hour))
    }

    /// Moves on to some minutes before now.
    pub fn minutes_ago(&self, minutes: i64) -> &Self {
        self.move_to(self.curtain.saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(self.curtain))
    }

    fn move_to(&self, at: Timestamp) -> &Self {
        self.clock.move_to(at.min(self.curtain));
        self
    }

    /// A file comes by the mailbox.
    pub async fn receive(&self, file: Vec<u8>) -> anyhow::Result<Option<ServiceRequestId>> {
        let received = app::mailbox::receive(&self.app, ids::new(self.app.now()), file).await?;
        Ok(received.referrals.first().copied().map(ServiceRequestId))
    }

    /// A referral comes by the mailbox.
    pub async fn referral(&self, file: Vec<u8>) -> anyhow::Result<ServiceRequestId> {
        self.receive(file).await?.ok_or_else(|| anyhow::anyhow!("the demo's letter became no request"))
    }

    /// The visitator takes a request down.
    pub async fn register(&self, new: NewRequest) -> anyhow::Result<RequestOutcome> {
        Ok(referrals::register(&self.app, &self.who(Role::Visitator)?, new).await?)
    }

    /// The visitator reads a request and finds it to be ours.
    pub async fn check(&self, id: ServiceRequestId, input: CheckInput) -> anyhow::Result<()> {
        referrals::check(&self.app, &self.who(Role::Visitator)?, id, None, input).await?;
        Ok(())
    }

    /// The visitator calls the citizen.
    pub async fn call(&self, id: ServiceRequestId, reached: bool, note: &str) -> anyhow::Result<()> {
        let input =
            AttemptInput { reached, channel: ContactChannel::Phone, note: Some(note.to_owned()), next_on: None };
        referrals::attempt(&self.app, &self.who(Role::Visitator)?, id, None, input).await?;
        Ok(())
    }

    /// The first step is chosen.
    pub async fn route(&self, id: ServiceRequestId, step: FirstStep) -> Result<Routed, AppError> {
        let who = self.who(Role::Visitator).map_err(|_| AppError::NotFound("user"))?;
        referrals::route(&self.app, &who, id, None, RouteInput { step, reason: None }).await
    }
}
