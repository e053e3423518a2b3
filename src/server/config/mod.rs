//! The settings of one Salon: `Leptos.toml`, over it the environment (`SALON_…`), over it the command line.

mod limits;
mod presence;
mod sms;
mod webhooks;

use std::{
    fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use leptos::config::{Env, LeptosOptions, get_configuration};
use serde::{Deserialize, de::IgnoredAny};

use super::db::Target;

pub use limits::LimitSettings;
pub use presence::PresenceSettings;
pub use sms::{ApiKey, BaseUrl, Channel, SmsGateway, SmsOverrides, SmsSettings};
pub use webhooks::{Reach, WebhookSettings};

/// Read if it lies where the server is started and no other is named.
const FILE: &str = "Leptos.toml";

/// All settings, checked.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub salon: Salon,
    pub database: Database,
    pub limits: LimitSettings,
    pub presence: PresenceSettings,
    pub sms: SmsSettings,
    pub webhooks: WebhookSettings,
    /// While developing: the port on which pages listen for new builds.
    pub reload_port: Option<u32>,
    /// The file that these came from, if any.
    file: Option<PathBuf>,
}

/// `[salon]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Salon {
    /// Address and port.
    pub listen: SocketAddr,
    /// The folder for everything: database, keys, files.
    pub data: PathBuf,
    /// What browsers see, as `https://chat.example.org`. Without it: the address, on this machine only.
    pub origin: Option<OriginSetting>,
    /// Serves other machines over plain http. Whoever is in between can read along and take over sessions.
    pub insecure_http: bool,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// 0 to 15; different for every node that writes to one PostgreSQL database.
    pub node: u8,
    /// The folder of the built site. Without it: `../site` from the executable's folder.
    pub site: Option<PathBuf>,
    /// Whether there is one room, `general`, that every account is in.
    pub general: bool,
    /// Whether the routes of the documents that Salon grew from are served.
    pub dialects: bool,
}

/// `[salon.database]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// Without it: `salon.sqlite3` in the data folder.
    pub url: Option<DatabaseUrl>,
}

/// An origin as browsers write it: scheme, host and, unless it is the usual one, port.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OriginSetting(String);

/// A database that can be opened.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseUrl(Target);

/// The whole file. What Leptos reads stands under `[package.metadata.leptos]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    salon: FileSalon,
    #[serde(default, rename = "package")]
    _package: Option<IgnoredAny>,
}

/// `[salon]` with the tables below it. Spelled out, because serde cannot flatten and refuse unknown keys at once.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FileSalon {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    origin: Option<OriginSetting>,
    insecure_http: Option<bool>,
    trusted_proxies: Option<Vec<IpAddr>>,
    node: Option<Node>,
    site: Option<PathBuf>,
    general: Option<bool>,
    dialects: Option<bool>,
    database: Database,
    limits: LimitSettings,
    presence: PresenceSettings,
    sms: SmsSettings,
    webhooks: WebhookSettings,
}

/// A node's number.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u8")]
struct Node(u8);

/// What the command line and the environment say; each wins over the file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub config: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub data: Option<PathBuf>,
    pub database: Option<DatabaseUrl>,
    pub origin: Option<OriginSetting>,
    pub insecure_http: bool,
    pub site: Option<PathBuf>,
    pub general: Option<bool>,
    pub dialects: Option<bool>,
    pub sms: SmsOverrides,
    /// Of webhooks.
    pub reach: Option<Reach>,
}

impl Config {
    /// Reads and checks everything.
    ///
    /// # Errors
    /// Names the file, the line and the reason.
    pub fn read(overrides: Overrides) -> anyhow::Result<Self> {
        let (file, path) = read_file(overrides.config)?;
        let FileSalon { database, limits, presence, sms, .. } = &file.salon;
        let (database, limits, presence) = (database.clone(), limits.clone(), presence.clone());
        let sms = overrides.sms.over(sms.clone());
        let webhooks = WebhookSettings { reach: overrides.reach.unwrap_or(file.salon.webhooks.reach) };
        let usual = Salon::default();
        let salon = Salon {
            listen: overrides.listen.or(file.salon.listen).unwrap_or(usual.listen),
            data: overrides.data.or(file.salon.data).unwrap_or(usual.data),
            origin: overrides.origin.or(file.salon.origin),
            insecure_http: overrides.insecure_http || file.salon.insecure_http.unwrap_or_default(),
            trusted_proxies: file.salon.trusted_proxies.unwrap_or_default(),
            node: file.salon.node.map_or(usual.node, |node| node.0),
            site: overrides.site.or(file.salon.site),
            general: overrides.general.or(file.salon.general).unwrap_or(usual.general),
            dialects: overrides.dialects.or(file.salon.dialects).unwrap_or(usual.dialects),
        };
        let database = Database { url: overrides.database.or(database.url) };
        let config = Self { salon, database, limits, presence, sms, webhooks, reload_port: None, file: path };
        config.sms.check()?;
        ensure!(
            config.is_https() || config.salon.listen.ip().is_loopback() || config.salon.insecure_http,
            "over plain http Salon serves this machine only. Set an https --origin (behind a proxy that has the \
             certificate), or listen on 127.0.0.1, or, if you know who is in between, say --insecure-http"
        );
        ensure!(
            config.salon.origin.is_some() || !config.salon.listen.ip().is_unspecified(),
            "listening on every address, Salon cannot know what browsers call it: set --origin"
        );
        Ok(config)
    }

    /// Whether browsers reach this server over https.
    pub fn is_https(&self) -> bool {
        self.salon.origin.as_ref().is_some_and(|origin| origin.0.starts_with("https://"))
    }

    /// Where the rows live.
    pub fn target(&self) -> Target {
        let usual = || Target::Sqlite(self.salon.data.join("salon.sqlite3").into());
        self.database.url.as_ref().map_or_else(usual, |url| url.0.clone())
    }

    /// The origins that are ours when listening at `address`.
    pub fn origins(&self, address: SocketAddr) -> Vec<String> {
        if let Some(origin) = &self.salon.origin {
            return vec![origin.0.clone()];
        }
        let port = address.port();
        let hosts = [
            address.to_string(),
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::1]:{port}"),
        ];
        // Browsers leave out the usual port.
        hosts
            .into_iter()
            .map(|host| format!("http://{}", host.strip_suffix(":80").unwrap_or(&host)))
            .collect()
    }

    /// What Leptos wants to know: from the file, else from the environment (as `cargo leptos` sets it).
    ///
    /// # Errors
    /// If Leptos cannot read its part of the file.
    pub fn leptos(&mut self) -> anyhow::Result<LeptosOptions> {
        let has_part = |path: &Path| {
            fs::read_to_string(path).is_ok_and(|text| text.contains("\n[package.metadata.leptos]"))
        };
        let path = self.file.as_ref().filter(|path| has_part(path)).and_then(|path| path.to_str());
        let mut options =
            get_configuration(path).context("the part for Leptos cannot be read")?.leptos_options;
        if options.output_name.is_empty() {
            options.output_name = "salon".into();
        }

        let watched = std::env::var_os("LEPTOS_WATCH").is_some();
        if watched {
            self.reload_port = Some(options.reload_port);
        } else {
            options.env = Env::PROD;
            options.hash_files = Self::beside_executable(options.hash_file.as_ref())?.exists();
        }
        let set = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from);
        let usual = Self::beside_executable("../site")?;
        let site = self.salon.site.clone().or(set).unwrap_or(usual);
        options.site_root = site.to_string_lossy().into();
        Ok(options)
    }

    /// What a build put into the folder of the executable.
    ///
    /// # Errors
    /// If the system does not tell where that is.
    pub fn beside_executable(name: &str) -> io::Result<PathBuf> {
        Ok(std::env::current_exe()?.parent().map(Path::to_path_buf).unwrap_or_default().join(name))
    }
}

fn read_file(named: Option<PathBuf>) -> anyhow::Result<(File, Option<PathBuf>)> {
    let path = named.clone().unwrap_or_else(|| FILE.into());
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => {
            return Ok((File::default(), None));
        }
        Err(error) => bail!("{} cannot be read: {error}", path.display()),
    };
    match toml::from_str(&text) {
        Ok(file) => Ok((file, Some(path))),
        Err(error) => {
            let line =
                error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            bail!("{}, line {line}: {}", path.display(), error.message())
        }
    }
}

impl Default for Salon {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: "data".into(),
            origin: None,
            insecure_http: false,
            trusted_proxies: Vec::new(),
            node: 0,
            site: None,
            general: true,
            dialects: true,
        }
    }
}

impl TryFrom<String> for OriginSetting {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let plain = |host: &str| {
            !host.is_empty()
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
        };
        if host.is_some_and(plain) && text == text.to_ascii_lowercase() {
            let (https, http) = (text.strip_suffix(":443"), text.strip_suffix(":80"));
            let usual = if text.starts_with("https:") { https } else { http };
            Ok(Self(usual.unwrap_or(&text).to_owned()))
        } else {
            Err("an origin is a scheme and a host, in lower case and without a path: https://chat.example.org".to_owned())
        }
    }
}

impl std::str::FromStr for OriginSetting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Target::parse(&text).map(Self).map_err(|error| format!("{error:#}"))
    }
}

impl std::str::FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.to_owned().try_into()
    }
}

impl TryFrom<u8> for Node {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        if number < 16 { Ok(Self(number)) } else { Err("a node is a number from 0 to 15".to_owned()) }
    }
}

#[cfg(test)]
mod tests;
