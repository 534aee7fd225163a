//! Which letters exist here: version code, type code, element and namespace of each (MedCom's XML Schemas).

use serde::{Deserialize, Serialize};

/// Namespace of XREF15 XH1530R and XDIS15 XD1530L.
pub const NS_2016: &str = "http://rep.oio.dk/medcom.dk/xml/schemas/2016/12/01/";
/// Namespace of XREF15 XH1531R and XDIS15 XD1531L.
pub const NS_2020: &str = "http://rep.oio.dk/medcom.dk/xml/schemas/2020/05/06/";
/// Namespace of the three receipts.
pub const NS_RECEIPT: &str = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/";
/// Namespace of XBIN02.
pub const NS_XBIN02: &str = "http://rep.oio.dk/medcom.dk/xml/schemas/2016/10/02/";
/// Namespace of XBIN01.
pub const NS_XBIN01: &str = "http://rep.oio.dk/medcom.dk/xml/schemas/2012/03/28/";
/// Namespace of XDIS91.
pub const NS_XDIS91: &str = "http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2006/07/01/";
/// Namespace of the VANSEnvelope.
pub const NS_VANS: &str = "urn:oio:medcom:vans-envelope:1.0.4";

/// A letter type in one version. The version code decides the other three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LetterVersion {
    /// XREF15, referral to municipal prevention, in production.
    Xh1530r,
    /// XREF15, the newer schema with a category.
    Xh1531r,
    /// XDIS15, final note, in production.
    Xd1530l,
    /// XDIS15, the newer schema with a category: only sent as answer to XH1531R.
    Xd1531l,
    /// XCTL01, negative receipt from the VANS supplier.
    Xc0130q,
    /// XCTL02, negative receipt.
    Xc0230q,
    /// XCTL03, positive receipt.
    Xc0330q,
    /// XBIN02, attachment to a referral.
    Xb0210x,
    /// XBIN01, attachment to correspondence.
    Xb0131x,
    /// XDIS91, correspondence.
    Xd9134l,
}

impl LetterVersion {
    /// Every version read here.
    pub const ALL: [Self; 10] = [
        Self::Xh1530r,
        Self::Xh1531r,
        Self::Xd1530l,
        Self::Xd1531l,
        Self::Xc0130q,
        Self::Xc0230q,
        Self::Xc0330q,
        Self::Xb0210x,
        Self::Xb0131x,
        Self::Xd9134l,
    ];

    /// Version code, type code, element and namespace.
    const fn row(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Xh1530r => ("XH1530R", "XREF15", "MunicipalityReferral", NS_2016),
            Self::Xh1531r => ("XH1531R", "XREF15", "MunicipalityReferral", NS_2020),
            Self::Xd1530l => ("XD1530L", "XDIS15", "MunicipalityLetter", NS_2016),
            Self::Xd1531l => ("XD1531L", "XDIS15", "MunicipalityLetter", NS_2020),
            Self::Xc0130q => ("XC0130Q", "XCTL01", "NegativeVansReceipt", NS_RECEIPT),
            Self::Xc0230q => ("XC0230Q", "XCTL02", "NegativeReceipt", NS_RECEIPT),
            Self::Xc0330q => ("XC0330Q", "XCTL03", "PositiveReceipt", NS_RECEIPT),
            Self::Xb0210x => ("XB0210X", "XBIN02", "ReferralAttachment", NS_XBIN02),
            Self::Xb0131x => ("XB0131X", "XBIN01", "BinaryLetter", NS_XBIN01),
            Self::Xd9134l => ("XD9134L", "XDIS91", "ClinicalEmail", NS_XDIS91),
        }
    }

    /// `VersionCode`, e.g. `XH1530R`.
    pub const fn code(self) -> &'static str {
        self.row().0
    }

    /// `TypeCode`, e.g. `XREF15`; the usual `StatisticalCode` too.
    pub const fn type_code(self) -> &'static str {
        self.row().1
    }

    /// The element below `Emessage`.
    pub const fn element(self) -> &'static str {
        self.row().2
    }

    /// The namespace of the whole Emessage.
    pub const fn namespace(self) -> &'static str {
        self.row().3
    }

    /// The version that an element of a namespace must carry; an element has one version per namespace.
    pub(crate) fn of_element(namespace: &str, element: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.element() == element && v.namespace() == namespace)
    }

    /// Whether this is one of the three receipts, which are never answered.
    pub const fn is_receipt(self) -> bool {
        matches!(self, Self::Xc0130q | Self::Xc0230q | Self::Xc0330q)
    }

    /// Whether the letter carries files, and may be larger.
    pub const fn is_attachment(self) -> bool {
        matches!(self, Self::Xb0210x | Self::Xb0131x)
    }
}
