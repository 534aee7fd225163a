//! The models. A published one is never edited.

use super::{Factor, Model, Step, Stratum};

/// Coping against complexity, after Esbjerg.
pub const ESBJERG: Model = Model {
    word: "esbjerg",
    version: 1,
    name: "Mestringsevne og kompleksitet",
    factors: &[
        Factor {
            word: "coping",
            label: "Mestringsevne",
            answers: ["Høj", "Middel", "Lav"],
            cues: "Forstår og bruger information, har et netværk, klarer aftaler, tror på egne evner, håndterer symptomer",
        },
        Factor {
            word: "complexity",
            label: "Kompleksitet",
            answers: ["Lav", "Middel", "Høj"],
            cues: "Flere sygdomme, psykisk lidelse eller misbrug, sprog, nedsat funktion, kontakt mange steder",
        },
    ],
    score: grid,
};

/// Three groups of factors, after Vordingborg.
pub const VORDINGBORG: Model = Model {
    word: "vordingborg",
    version: 1,
    name: "Tre faktorgrupper",
    factors: &[
        Factor {
            word: "clinical",
            label: "Kliniske faktorer",
            answers: BURDEN,
            cues: "Sværhedsgrad, udvikling, andre sygdomme, funktionsniveau",
        },
        Factor {
            word: "social",
            label: "Sociale faktorer",
            answers: BURDEN,
            cues: "Netværk, sociale problemer, økonomi, uddannelse, kulturel baggrund",
        },
        Factor {
            word: "personal",
            label: "Personlige faktorer",
            answers: BURDEN,
            cues: "Egen medvirken, forståelse af sygdommen, sprog, psykiske forhold",
        },
    ],
    score: groups,
};

const BURDEN: [&str; 3] = ["Ingen belastning", "Nogen belastning", "Betydelig belastning"];

/// All models, the one that is used first.
pub const MODELS: [Model; 2] = [ESBJERG, VORDINGBORG];

/// A model by word and version.
pub fn model(word: &str, version: u16) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.word == word && model.version == version)
}

/// Coping down, complexity across.
fn grid(steps: &[Step]) -> Stratum {
    use Step::{Heavy, Light, Middle};
    use Stratum::{Extended, Own, Support};
    let [coping, complexity] = steps else { return Extended };
    match (coping, complexity) {
        (Light, Light | Middle) | (Middle, Light) => Own,
        (Light, Heavy) | (Middle, Middle) | (Heavy, Light) => Support,
        (Middle, Heavy) | (Heavy, Middle | Heavy) => Extended,
    }
}

/// No group with a significant burden, one, or more.
fn groups(steps: &[Step]) -> Stratum {
    match steps.iter().filter(|step| **step == Step::Heavy).count() {
        0 => Stratum::Own,
        1 => Stratum::Support,
        _ => Stratum::Extended,
    }
}
