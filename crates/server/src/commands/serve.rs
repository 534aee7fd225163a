//! `forebyg serve`: pages, API and mailbox, until it is asked to stop.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use app::administration::DemoReset;
use app::simulation::Simulated;
use app::{App, AppError};
use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;

use crate::context::Context;
use crate::demo;
use crate::demo::past::{self, Unmade, Wanted};
use crate::output::Output;

/// Time between two looks for text messages to send.
const SEND_EVERY: Duration = Duration::from_secs(10);
/// Time between two looks for reports to send.
const REPORT_EVERY: Duration = Duration::from_secs(30);

/// How to start.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Invented municipality, users without password, and work in every state; only on this machine
    #[arg(long)]
    pub demo: bool,
    /// Days of simulated past of the demo's second municipality; 0 leaves it out. It is made once, behind a program that
    /// answers already
    #[arg(long, requires = "demo", value_name = "DAYS", default_value_t = past::DAYS,
        value_parser = clap::value_parser!(u32).range(0..=3650))]
    pub demo_days: u32,
    /// Port to listen on; 0 lets the system choose [default: 8080]
    #[arg(long)]
    pub port: Option<u16>,
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long)]
    pub host: Option<IpAddr>,
}

/// Starts, and ends when the system or a person says so.
pub async fn run(context: &Context, args: ServeArgs) -> anyhow::Result<ExitCode> {
    let server = &context.settings.server;
    let address = SocketAddr::new(args.host.unwrap_or(server.host), args.port.unwrap_or(server.port));
    if args.demo && !address.ip().is_loopback() {
        bail!(
            "--demo lets anybody in without a password, so it only listens on this machine; {} is another",
            address.ip()
        );
    }
    let mut app = context.app()?;
    app.demo = args.demo;
    if args.demo && app.report_gateway.is_none() {
        app.report_gateway = Some(Arc::new(demo::DemoGateway::default()));
    }
    app.demo_reset = args.demo.then(|| DemoReset::new(play_again));
    let folders = context.folders()?;
    // Bound before the demo is built: a port that is taken is told at once.
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    let mut unmade = None;
    if args.demo {
        demo::set_up(&app).await.context("the demo municipality could not be set up")?;
        let prepared = past::prepare(&app, Wanted::days(args.demo_days)).await;
        unmade = prepared.context("the simulated municipality could not be set up")?;
    }
    announce(context, &app, listener.local_addr()?, args.demo).await?;
    let making = unmade.map(|unmade| tokio::spawn(make(unmade, context.output)));
    let settings = &context.settings.mailbox;
    let mailbox = settings.watch.then(|| {
        let every = Duration::from_millis(settings.interval_ms);
        tokio::spawn(app::mailbox::run_folder(app.clone(), folders, every))
    });
    let by_itself = tokio::spawn(app::nightly::run(app.clone()));
    let standard = tokio::spawn(app::quality::run(app.clone()));
    let reports =
        app.report_gateway.is_some().then(|| tokio::spawn(app::reporting::run_delivery(app.clone(), REPORT_EVERY)));
    let texts = app.text_sender.is_some().then(|| tokio::spawn(app::notices::run_sender(app.clone(), SEND_EVERY)));
    answer(listener, app, context).await?;
    // Its past is taken up again at the next start.
    if let Some(making) = making {
        making.abort();
    }
    by_itself.abort();
    standard.abort();
    // One on its way is tried again under the same id.
    if let Some(reports) = reports {
        reports.abort();
    }
    // One that is being sent is rung up about later: nobody knows what became of it.
    if let Some(texts) = texts {
        texts.abort();
    }
    // Stopping in the middle of a message is safe: it is taken in again or not at all.
    if let Some(mailbox) = mailbox {
        mailbox.abort();
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Makes a past, while the program answers. Why it could not stands in the log.
async fn make(unmade: Unmade, output: Output) {
    let name = unmade.name().to_owned();
    let begun = json!({ "simulating": name });
    let said =
        output.line(&begun, |_| format!("{name} is simulated now, and stands on the log-in page when it is done."));
    let made = match said {
        Ok(()) => unmade.fill(|_| ()).await,
        Err(error) => Err(error),
    };
    let told = made.and_then(|Simulated { events, requests, courses, ended }| {
        let line =
            json!({ "simulated": name, "events": events, "requests": requests, "courses": courses, "ended": ended });
        output.line(&line, |_| format!("{name} is done: {requests} requests, {courses} courses, {ended} of them over."))
    });
    if let Err(error) = told {
        tracing::error!(
            error = format!("{error:#}"),
            "the simulated municipality is not done; the next start mends it"
        );
    }
}

/// Starts the demo anew. Why it could not stands in the log.
async fn play_again(app: App) -> Result<(), AppError> {
    demo::reset(&app).await.map_err(|error| {
        tracing::error!(error = format!("{error:#}"), "the demo could not be started anew");
        AppError::Rule {
            code: "demo_not_reset",
            message: "Demoen kunne ikke nulstilles. Start programmet igen, og prøv.",
        }
    })
}

/// Serves until asked to stop; open requests then get some time to finish.
async fn answer(listener: TcpListener, app: App, context: &Context) -> anyhow::Result<()> {
    let server = &context.settings.server;
    let (stop, mut stopping) = tokio::sync::watch::channel(());
    let asked = async move {
        stop_asked().await;
        tracing::info!("stopping");
        drop(stop);
    };
    let router = app::web::router(app, server.web());
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(asked);
    let patience = async {
        let _ = stopping.changed().await;
        tokio::time::sleep(Duration::from_secs(server.shutdown_seconds)).await;
    };
    tokio::select! {
        ended = async { serving.await } => Ok(ended?),
        () = patience => Ok(()),
    }
}

/// Ctrl-C, or the signal by which service managers stop a program.
async fn stop_asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn announce(context: &Context, app: &App, address: SocketAddr, demo: bool) -> anyhow::Result<()> {
    let organizations = app::organizations::list(app).await?.len();
    let users = if demo { demo::users_text(app).await? } else { String::new() };
    let line = json!({ "address": format!("http://{address}"), "demo": demo, "organizations": organizations });
    context.output.line(&line, |_| format!("Forebyg answers on http://{address}{users}"))?;
    if organizations == 0 {
        tracing::warn!("no organization is set up; messages are not taken in until: forebyg organization add");
    }
    Ok(())
}
