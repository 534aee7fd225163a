//! The only way to make a route: path, method, permission and handler belong together.

use std::pin::Pin;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use domain::permission::Permission;

use super::guard;
use crate::App;

/// Largest body of a form or a JSON document, in bytes.
pub const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// What is known about a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Method.
    pub method: &'static str,
    /// What the caller must be allowed.
    pub permission: Permission,
    /// Largest body in bytes.
    pub body_limit: usize,
}

/// Routes of one capability or of all.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
    router: Router<App>,
}

macro_rules! methods {
    ($($name:ident $method:literal $filter:ident,)+) => {$(
        #[doc = concat!("A route for ", $method, ".")]
        #[must_use]
        pub fn $name<H: Handler<T, App>, T: 'static>(self, path: &'static str, permission: Permission, handler: H) -> Self {
            let route = Route { path, method: $method, permission, body_limit: FORM_LIMIT };
            self.add(route, MethodFilter::$filter, handler)
        }
    )+};
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    methods! { get "GET" GET, post "POST" POST, put "PUT" PUT, patch "PATCH" PATCH, delete "DELETE" DELETE, }

    /// A route for POST with a body limit of its own, in bytes: messages and attachments.
    #[must_use]
    pub fn post_up_to<H: Handler<T, App>, T: 'static>(
        self,
        body_limit: usize,
        path: &'static str,
        permission: Permission,
        handler: H,
    ) -> Self {
        self.add(Route { path, method: "POST", permission, body_limit }, MethodFilter::POST, handler)
    }

    /// A route for GET that asks nobody who they are: files, health. It knows neither session nor caller.
    #[must_use]
    pub fn open<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        self.list.push(Route { path, method: "GET", permission: Permission::Public, body_limit: 0 });
        Self { list: self.list, router: self.router.route(path, on(MethodFilter::GET, handler)) }
    }

    /// These and those of another capability.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { list: self.list, router: self.router.merge(other.router) }
    }

    /// All routes, by path and method.
    pub fn list(&self) -> Vec<Route> {
        let mut list = self.list.clone();
        list.sort();
        list
    }

    pub(super) fn into_router(self) -> Router<App> {
        self.router
    }

    fn add<H: Handler<T, App>, T: 'static>(mut self, route: Route, filter: MethodFilter, handler: H) -> Self {
        self.list.push(route);
        Self { list: self.list, router: self.router.route(route.path, on(filter, Guarded { route, handler })) }
    }
}

/// A handler behind its permission.
#[derive(Clone)]
pub(super) struct Guarded<H> {
    pub(super) route: Route,
    pub(super) handler: H,
}

impl<H: Handler<T, App>, T: 'static> Handler<T, App> for Guarded<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, app: App) -> Self::Future {
        Box::pin(guard::serve(app, request, self.route, self.handler))
    }
}
