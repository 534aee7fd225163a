//! Nicotine on the way: two consents and a first talk, smoke-free after six months, and the call after a year.

use app::monitoring;
use app::quality::Wanted;
use domain::codes::InterventionCode;
use domain::follow_up::FollowUpState;
use domain::permission::Role;
use indicators::period::{Every, FigurePeriod};
use jiff::civil::date;
use testkit::municipality::staff;

use super::{Way, later, of};
use crate::course::act;
use crate::leads_to;
use crate::stopbasen::{CONTACT, REGISTER, consent, fill, stop};
use crate::talk::record;

impl Way {
    /// 2. The start talk: STOPbasen may have the course, and may ring.
    pub(super) async fn begins_to_stop(&mut self) {
        later(&mut self.desk, "2026-12-03T09:00:00Z", Role::Professional).await;
        let asked = self.desk.browser.get(&stop(self.course, "")).await.body;
        assert!(asked.contains("Ikke spurgt"));
        for purpose in [REGISTER, CONTACT] {
            consent(&mut self.desk, self.course, purpose, "ja").await;
        }
        let known = record(&self.desk.app, self.citizen).await;
        let nicotine = of(&known, InterventionCode::NicotineCessation);
        let plan = known.intervention(nicotine).unwrap().value.care_plan.unwrap().to_string();
        let talk = [("plan", &*plan), ("dato", "2026-12-03"), ("fra", "08:30"), ("til", "08:50"), ("sted", "phone")];
        leads_to(&act(&mut self.desk, self.course, "/kontakt", &talk).await);
    }

    /// 7. How it went, told when the intervention ends.
    pub(super) async fn has_stopped(&mut self) {
        self.desk.browser.get(&stop(self.course, "")).await;
        let told = [("version", "0"), ("udfald", "stopped")];
        leads_to(&self.desk.browser.post(&stop(self.course, "/slut"), &told).await);
    }

    /// 8. One call after six months, about the goals and for STOPbasen: smoke-free, and it is among those who were reached.
    pub(super) async fn is_smoke_free(&mut self) {
        later(&mut self.desk, "2027-08-03T09:00:00Z", Role::Professional).await;
        let known = record(&self.desk.app, self.citizen).await;
        let both = known.follow_ups.iter().find(|f| f.value.stop.is_some()).unwrap().value.id;
        let call = format!("/opfoelgninger/{both}");
        assert!(self.desk.browser.get("/opfoelgninger").await.body.contains(&call));
        assert!(self.desk.browser.get(&call).await.body.contains("Én samtale om begge dele."));
        let smoke_free = [("sp-1", "1 forsøg, senest 03-08-2027"), ("sp-2", "1"), ("sp-3", "1")];
        fill(&mut self.desk, self.citizen, "stopbasen_6m", &smoke_free, &[4, 5, 6, 7]).await;
        let went = [("resultat", "kept"), ("ord", "Har ikke røget siden januar"), ("naeste", "ingen")];
        leads_to(&self.desk.browser.post(&call, &went).await);
        later(&mut self.desk, "2027-08-03T10:00:00Z", Role::Quality).await;
        let figures = self.desk.browser.get("/stopbasen").await.body;
        assert!(figures.contains("<li>1 af 1 blev truffet.</li>"));
    }

    /// 8. The last call, after a year; the figures of the six months have closed by then.
    pub(super) async fn is_called_after_a_year(&mut self) {
        later(&mut self.desk, "2028-02-03T09:00:00Z", Role::Coordinator).await;
        let known = record(&self.desk.app, self.citizen).await;
        let last = known.follow_ups.iter().find(|f| f.value.state == FollowUpState::Planned).unwrap();
        let call = format!("/opfoelgninger/{}", last.value.id);
        assert!(self.desk.browser.get("/opfoelgninger").await.body.contains(&call), "it comes up by itself");
        let went = [("resultat", "kept"), ("ord", "Går stadig, og ryger ikke"), ("naeste", "ingen")];
        leads_to(&self.desk.browser.post(&call, &went).await);
        let wanted = Wanted { indicators: vec!["O06", "O07"], by: Vec::new(), from: date(2026, 1, 1) };
        let kept = monitoring::kept(&self.desk.app, &staff(1, Role::Quality), wanted).await.unwrap();
        let year = FigurePeriod::containing(Every::Year, date(2027, 7, 1));
        let counted = ["O06", "O07"].map(|id| kept.totals.cell(id, "", None, year)).map(|it| (it.met, it.of));
        assert_eq!(counted, [(1, 1), (1, 1)], "smoke-free, and followed up");
    }
}
