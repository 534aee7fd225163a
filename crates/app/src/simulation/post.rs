//! The other end of the mailbox: the senders' systems fetch what is for them when the day is over, and acknowledge what asks
//! for it. Nothing of a simulation waits to be sent to anybody afterwards.

use domain::identifiers::MunicipalityCode;
use jiff::SignedDuration;
use medcom::{
    Envelope, Identifier, Incoming, Letter, LetterVersion, OriginalLetter, OriginalMessage, Receipt, ReceiptKind,
    RefusalCause,
};

use super::Refused;
use super::driver::Driver;
use crate::{AppError, ids, mailbox};

/// What the end of a day is called among the events.
const POST: &str = "fetch the post";

impl Driver {
    /// A day is over, after so many events.
    pub(super) async fn end_day(&mut self, number: u64) -> Result<(), Box<Refused>> {
        let fetched = self.empty_the_outbox().await;
        fetched.map_err(|why| Box::new(Refused { number, at: self.app.now(), what: POST, why }))
    }

    /// What was written for senders is fetched and acknowledged.
    async fn empty_the_outbox(&mut self) -> Result<(), AppError> {
        let organization = self.cast.visitator.organization;
        let mut fetched: Vec<Vec<u8>> = Vec::new();
        let take = |batch: &[mailbox::Queued]| {
            fetched.extend(batch.iter().map(|message| message.body.clone()));
            Ok(())
        };
        mailbox::hand_over(&self.app, organization, SignedDuration::ZERO, take).await?;
        let home = self.app.organization(organization).await?;
        for message in fetched {
            let Some(receipt) = self.receipt(&home.code, &message)? else { continue };
            mailbox::receive_for(&self.app, organization, ids::new(self.app.now()), receipt).await?;
        }
        Ok(())
    }

    /// The positive receipt of a letter; none for what asks for none, such as a receipt of ours.
    fn receipt(&mut self, home: &MunicipalityCode, message: &[u8]) -> Result<Option<Vec<u8>>, AppError> {
        let unwritable =
            || AppError::Rule { code: "receipt", message: "Den simulerede kvittering kunne ikke skrives." };
        let Ok(Incoming::Emessage(message)) = medcom::read(message, &self.app.message_limits) else { return Ok(None) };
        if !message.envelope.wants_positive_receipt {
            return Ok(None);
        }
        let (head, version, us, them) = match message.letters.first() {
            Some(Ok(Letter::FinalNote(letter))) => {
                (&letter.head, letter.version, &letter.sender.ean, &letter.receiver.ean)
            }
            Some(Ok(Letter::Correspondence(letter))) => {
                (&letter.head, LetterVersion::Xd9134l, &letter.sender.ean, &letter.receiver.ean)
            }
            _ => return Ok(None),
        };
        let original = OriginalMessage {
            envelope: message.envelope.identifier.as_str().to_owned(),
            sender: us.clone(),
            receiver: them.clone(),
            refusal: RefusalCause::default(),
            letters: vec![OriginalLetter {
                identifier: head.identifier.as_str().to_owned(),
                version: version.code().to_owned(),
                refusal: RefusalCause::default(),
            }],
        };
        self.letters += 1;
        let code = home.as_str();
        let id = |prefix: &str| Identifier::ours(&format!("{prefix}{code}"), self.letters).map_err(|_| unwritable());
        let (identifier, envelope) = (id("S")?, id("T")?);
        let (sender, receiver) = (them.clone(), us.clone());
        let receipt = Receipt { kind: ReceiptKind::Positive, identifier, sender, receiver, original };
        let sent = domain::workdays::local(self.app.now()).datetime();
        let envelope = Envelope { sent, identifier: envelope, wants_positive_receipt: false };
        receipt.write(&envelope).map(Some).map_err(|_| unwritable())
    }
}
