//! What every capability needs at hand: the store, the clock, the organizations, the person register.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use domain::organization::ManagingOrganization;
use domain::person_register::PersonRegister;
use jiff::Timestamp;
use store::Store;

use crate::administration::DemoReset;
use crate::notices::TextSender;
use crate::quality::ReadTables;
use crate::referrals::{WorklistKey, WorklistPage};
use crate::remembered::Remembered;
use crate::reporting::ReportGateway;
use crate::{AppError, Clock, organizations};

/// Why nothing happens by itself in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBack {
    /// Its past is being made.
    BeingMade,
    /// Its past was left half made, and this program does not go on with it.
    LeftOut,
}

/// The program as its routes and jobs see it. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Names and addresses by CPR number, when there is a register.
    pub register: Option<Arc<dyn PersonRegister>>,
    /// Limits of incoming messages.
    pub message_limits: medcom::Limits,
    /// What sends text messages, when there is something.
    pub text_sender: Option<Arc<dyn TextSender>>,
    /// What takes delivery reports, when there is something.
    pub report_gateway: Option<Arc<dyn ReportGateway>>,
    /// Demo users may log in without a password.
    pub demo: bool,
    /// How the demo is played again; none when it cannot.
    pub demo_reset: Option<DemoReset>,
    /// Organizations whose past is not made: nothing happens in them by itself.
    held_back: Arc<RwLock<BTreeMap<i64, HeldBack>>>,
    organizations: Arc<RwLock<HashMap<i64, Arc<ManagingOrganization>>>>,
    glns: Arc<RwLock<HashMap<String, i64>>>,
    /// Pages of the worklist.
    pub(crate) worklists: Remembered<WorklistKey, Arc<WorklistPage>>,
    /// Whose turn it is to bring the outcomes of the quality standard up to date, with what was read for it last.
    pub(crate) quality_turn: Arc<tokio::sync::Mutex<ReadTables>>,
}

impl App {
    /// A program on a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            register: None,
            message_limits: medcom::Limits::default(),
            text_sender: None,
            report_gateway: None,
            demo: false,
            demo_reset: None,
            held_back: Arc::default(),
            organizations: Arc::default(),
            glns: Arc::default(),
            worklists: Remembered::default(),
            quality_turn: Arc::default(),
        }
    }

    /// Now, in whole milliseconds, as the store keeps it.
    pub fn now(&self) -> Timestamp {
        store::round(self.clock.now())
    }

    /// An organization by its key. Kept in memory; [`App::forget_organization`] after a change.
    pub async fn organization(&self, key: i64) -> Result<Arc<ManagingOrganization>, AppError> {
        let known = self.organizations.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(organization) = known {
            return Ok(organization);
        }
        let organization = Arc::new(organizations::find(self, key).await?);
        let mut cache = self.organizations.write().unwrap_or_else(PoisonError::into_inner);
        cache.insert(key, Arc::clone(&organization));
        Ok(organization)
    }

    /// Whose a location number is. A number of ours is remembered: every message asks.
    pub async fn organization_of_gln(&self, gln: &str) -> Result<Option<i64>, AppError> {
        let known = self.glns.read().unwrap_or_else(PoisonError::into_inner).get(gln).copied();
        if known.is_some() {
            return Ok(known);
        }
        let found = organizations::by_gln(self, gln).await?;
        if let Some(key) = found {
            self.glns.write().unwrap_or_else(PoisonError::into_inner).insert(gln.to_owned(), key);
        }
        Ok(found)
    }

    /// Nothing happens by itself in an organization from now on. While its past is made, what is done at the clock of today
    /// would stand in its log before what lies behind it.
    pub fn hold_back(&self, key: i64, why: HeldBack) {
        self.held_back.write().unwrap_or_else(PoisonError::into_inner).insert(key, why);
    }

    /// Its past is made: from now on things happen by themselves in it, too.
    pub fn let_go(&self, key: i64) {
        self.held_back.write().unwrap_or_else(PoisonError::into_inner).remove(&key);
        self.forget_organization(key);
    }

    /// Whether nothing happens by itself in an organization.
    pub fn is_held_back(&self, key: i64) -> bool {
        self.held_back.read().unwrap_or_else(PoisonError::into_inner).contains_key(&key)
    }

    /// Whether the past of any organization is being made.
    pub fn is_making_a_past(&self) -> bool {
        self.held_back.read().unwrap_or_else(PoisonError::into_inner).values().any(|why| *why == HeldBack::BeingMade)
    }

    /// Reads the organization and its location numbers anew the next time.
    pub fn forget_organization(&self, key: i64) {
        self.glns.write().unwrap_or_else(PoisonError::into_inner).clear();
        self.organizations.write().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}
