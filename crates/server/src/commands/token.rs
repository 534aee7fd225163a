//! `forebyg token add|list|revoke`: keys of other systems.

use std::process::ExitCode;

use app::access::{self, Token};
use clap::{Args, Subcommand};
use domain::ids::UserId;
use domain::permission::Role;
use serde_json::json;
use store::Scope;
use uuid::Uuid;

use crate::cli::role;
use crate::context::{self, Context};

/// What can be done with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make one; it is shown this once and never again
    Add {
        /// What the other system is called
        label: String,
        /// What it may do
        #[arg(long, value_parser = role, default_value = "system")]
        role: Role,
        #[command(flatten)]
        whose: Whose,
    },
    /// Show those there are
    List(Whose),
    /// Take one back; the next request with it is refused
    Revoke {
        /// Its id, from `forebyg token list`
        id: Uuid,
        #[command(flatten)]
        whose: Whose,
    },
}

/// Whose tokens.
#[derive(Debug, Args)]
pub struct Whose {
    /// Municipality code, when there are several organizations
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
}

/// Runs the command asked for.
pub async fn run(context: &Context, command: TokenCommand) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    match command {
        TokenCommand::Add { label, role, whose } => {
            let organization = context::organization(&app, whose.organization.as_deref()).await?;
            let token = access::new_token(&app, organization.key, &label, role).await?;
            let line = json!({ "token": token, "label": label, "role": role.word() });
            context.output.line(&line, |_| token.clone())?;
        }
        TokenCommand::List(whose) => {
            for organization in context::organizations_named(&app, whose.organization.as_deref()).await? {
                for token in access::tokens(&app, organization.key).await? {
                    tell(context, &token)?;
                }
            }
        }
        TokenCommand::Revoke { id, whose } => {
            let organization = context::organization(&app, whose.organization.as_deref()).await?;
            let scope = Scope::system(organization.key, app.now(), "token.revoke");
            access::revoke_token(&app, scope, UserId(id)).await?;
            context.output.line(&json!({ "revoked": id }), |_| format!("{id} revoked."))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(context: &Context, token: &Token) -> anyhow::Result<()> {
    let line = json!({ "id": token.id, "label": token.label, "role": token.role.word(),
        "created_at": token.created_at, "revoked_at": token.revoked_at });
    context.output.line(&line, |_| {
        let revoked = token.revoked_at.map(|at| format!(" · revoked {at:.0}")).unwrap_or_default();
        format!("{} · {} · {} · made {:.0}{revoked}", token.id, token.label, token.role.word(), token.created_at)
    })
}
