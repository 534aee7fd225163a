//! `forebyg user add|list|deactivate|password`: the people who log in.

mod password;

use std::process::ExitCode;

use anyhow::Context as _;
use app::App;
use app::access::{self, NewUser, User};
use clap::{Args, Subcommand};
use domain::permission::Role;
use serde_json::{Value, json};
use store::Scope;

use crate::cli::role;
use crate::context::{self, Context};

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add one; the password is asked for, or read from standard input
    Add(AddArgs),
    /// Show those there are
    List(Whose),
    /// Take a user's right to log in, and end their sessions
    Deactivate(Named),
    /// Give a user a new password, and end their sessions
    Password(Named),
}

/// Whose users.
#[derive(Debug, Args)]
pub struct Whose {
    /// Municipality code, when there are several organizations
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
}

/// One user.
#[derive(Debug, Args)]
pub struct Named {
    /// What they log in with
    user_name: String,
    #[command(flatten)]
    whose: Whose,
}

/// A new user.
#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    user: Named,
    /// Name
    #[arg(long)]
    name: String,
    /// Two or three letters [default: the first letters of the name]
    #[arg(long)]
    initials: Option<String>,
    /// Title, such as Sygeplejerske [default: the role's name]
    #[arg(long)]
    title: Option<String>,
    /// What they may do
    #[arg(long, value_parser = role)]
    role: Role,
}

/// Runs the command asked for.
pub async fn run(context: &Context, command: UserCommand) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    match command {
        UserCommand::Add(args) => add(context, &app, args).await?,
        UserCommand::List(whose) => {
            for organization in context::organizations_named(&app, whose.organization.as_deref()).await? {
                for user in access::users(&app, organization.key).await? {
                    tell(context, &user)?;
                }
            }
        }
        UserCommand::Deactivate(named) => {
            let (organization, user) = find(&app, &named).await?;
            access::deactivate_user(&app, Scope::system(organization, app.now(), "user.deactivate"), user.id).await?;
            tell(context, &User { active: false, ..user })?;
        }
        UserCommand::Password(named) => {
            let (organization, user) = find(&app, &named).await?;
            let scope = Scope::system(organization, app.now(), "user.password");
            access::set_password(&app, scope, user.id, password::ask()?).await?;
            tell(context, &user)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(context: &Context, app: &App, args: AddArgs) -> anyhow::Result<()> {
    let organization = context::organization(app, args.user.whose.organization.as_deref()).await?;
    let new = NewUser {
        user_name: args.user.user_name,
        initials: args.initials.unwrap_or_else(|| initials(&args.name)),
        title: args.title.unwrap_or_else(|| args.role.label().to_owned()),
        name: args.name,
        role: args.role,
        password: Some(password::ask()?),
    };
    let scope = Scope::system(organization.key, app.now(), "user.add");
    tell(context, &access::add_user(app, scope, new).await?)
}

async fn find(app: &App, named: &Named) -> anyhow::Result<(i64, User)> {
    let organization = context::organization(app, named.whose.organization.as_deref()).await?.key;
    let wanted = named.user_name.trim().to_lowercase();
    let user = access::users(app, organization).await?.into_iter().find(|user| user.user_name == wanted);
    Ok((organization, user.with_context(|| format!("there is no user {wanted}"))?))
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(3).flat_map(char::to_uppercase).collect()
}

fn tell(context: &Context, user: &User) -> anyhow::Result<()> {
    context.output.line(&as_json(user), |_| {
        let active = if user.active { "" } else { " · deactivated" };
        format!("{} · {} · {}{active}", user.user_name, user.name, user.role.word())
    })
}

fn as_json(user: &User) -> Value {
    json!({ "id": user.id, "user_name": user.user_name, "name": user.name, "initials": user.initials,
        "title": user.title, "role": user.role.word(), "demo": user.demo, "active": user.active })
}
