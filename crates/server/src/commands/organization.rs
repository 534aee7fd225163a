//! `forebyg organization add|list`: the municipalities that keep records here.

use std::process::ExitCode;

use app::organizations::{self, NewOrganization};
use clap::{Args, Subcommand};
use domain::identifiers::{Gln, MunicipalityCode, SorId};
use domain::organization::{ManagingOrganization, Settings};
use serde_json::{Value, json};

use crate::context::Context;

/// What can be done with organizations.
#[derive(Debug, Subcommand)]
pub enum OrganizationCommand {
    /// Set one up
    Add(AddArgs),
    /// Show those there are
    List,
}

/// A new organization.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Municipality code, three digits
    #[arg(long, value_parser = MunicipalityCode::parse)]
    code: MunicipalityCode,
    /// Name on screens and in letters
    #[arg(long)]
    name: String,
    /// Department as it stands in messages [default: the name]
    #[arg(long)]
    department: Option<String>,
    /// SOR code; without it no delivery report can be built
    #[arg(long, value_parser = SorId::parse)]
    sor: Option<SorId>,
    /// SOR code of the unit that delivers, when nothing else is said [default: --sor]
    #[arg(long, value_parser = SorId::parse)]
    performer_sor: Option<SorId>,
    /// Location number (GLN) that messages come to; repeat it for several, the first is the sender of ours
    #[arg(long = "gln", required = true, value_parser = Gln::parse)]
    glns: Vec<Gln>,
    /// Telephone printed in letters
    #[arg(long)]
    phone: Option<String>,
}

/// Adds or lists.
pub async fn run(context: &Context, command: OrganizationCommand) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    match command {
        OrganizationCommand::Add(args) => {
            warn_about(&args);
            let added = organizations::add(&app, new(args)).await?;
            context.output.line(&as_json(&added), |_| format!("Added {}.", as_text(&added)))?;
        }
        OrganizationCommand::List => {
            for organization in organizations::list(&app).await? {
                context.output.line(&as_json(&organization), |_| as_text(&organization))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn warn_about(args: &AddArgs) {
    for sor in args.sor.iter().chain(&args.performer_sor).filter(|sor| !sor.has_valid_check_digit()) {
        eprintln!("forebyg: the check digit of SOR code {} does not fit; is it typed right?", sor.as_str());
    }
}

fn new(args: AddArgs) -> NewOrganization {
    NewOrganization {
        department: args.department.unwrap_or_else(|| args.name.clone()),
        code: args.code,
        name: args.name,
        performer_sor: args.performer_sor.or_else(|| args.sor.clone()),
        sor: args.sor,
        glns: args.glns,
        phone: args.phone,
        settings: Settings::default(),
    }
}

fn as_json(organization: &ManagingOrganization) -> Value {
    json!({
        "code": organization.code,
        "name": organization.name,
        "department": organization.department,
        "sor": organization.sor,
        "glns": organization.glns,
        "phone": organization.phone,
    })
}

fn as_text(organization: &ManagingOrganization) -> String {
    let glns: Vec<&str> = organization.glns.iter().map(Gln::as_str).collect();
    let sor = organization.sor.as_ref().map_or("no SOR code", SorId::as_str);
    format!("{} {} · SOR {sor} · GLN {}", organization.code.as_str(), organization.name, glns.join(", "))
}
