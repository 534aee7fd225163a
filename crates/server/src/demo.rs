//! The demo municipality.
use app::App;
pub async fn set_up(_app: &App) -> anyhow::Result<()> {
    Ok(())
}
pub fn users_text() -> String {
    String::new()
}
