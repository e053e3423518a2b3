//! Settings are read, and refused with a reason.

use super::*;

fn read(text: &str) -> anyhow::Result<Config> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("Leptos.toml");
    fs::write(&path, text)?;
    Config::read(Overrides { config: Some(path), ..Overrides::default() })
}

fn refusal(text: &str) -> String {
    format!("{:#}", read(text).map(drop).expect_err("these settings are wrong"))
}

#[test]
fn without_a_setting_it_serves_this_machine_from_the_data_folder() {
    let config = read("").expect("nothing is needed");
    assert_eq!(config.salon.listen.to_string(), "127.0.0.1:3000");
    assert!(matches!(config.target(), Target::Sqlite(file) if file.path.ends_with("data/salon.sqlite3")));
    assert_eq!(config.limits.message_characters, 8_000);
}

#[test]
fn a_wrong_setting_is_refused_with_its_line_and_reason() {
    for (text, line, reason) in [
        ("[salon]\nlisten = \"nowhere\"", 2, "invalid socket address"),
        ("[salon]\n\ncolour = \"red\"", 3, "unknown field `colour`"),
        ("[salon]\norigin = \"https://chat.example.org/path\"", 2, "an origin is"),
        ("[salon.database]\nurl = \"mysql://x\"", 2, "a database is"),
        ("[salon.database]\nurl = \"sqlite:x?synchronous=off\"", 2, "behind the path"),
        ("[salon.limits]\nsends_per_second = \"many\"", 2, "invalid type"),
        ("[salon]\nnode = 16", 2, "from 0 to 15"),
        ("[salon\n", 1, ""),
    ] {
        let refusal = refusal(text);
        assert!(refusal.contains(&format!("Leptos.toml, line {line}:")), "{refusal}");
        assert!(refusal.contains(reason), "{refusal}");
    }
}

#[test]
fn other_machines_are_not_served_over_plain_http_by_accident() {
    assert!(refusal("[salon]\nlisten = \"0.0.0.0:80\"").contains("--insecure-http"));
    assert!(refusal("[salon]\nlisten = \"0.0.0.0:80\"\ninsecure_http = true").contains("--origin"));
    assert!(read("[salon]\nlisten = \"192.0.2.1:80\"\ninsecure_http = true").is_ok());
    assert!(read("[salon]\nlisten = \"0.0.0.0:80\"\norigin = \"https://chat.example.org\"").is_ok());
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    let origins = |text: &str, address: &str| {
        read(text).expect("right settings").origins(address.parse().expect("an address"))
    };
    assert_eq!(
        origins("[salon]\norigin = \"https://a.example:443\"", "127.0.0.1:3000"),
        ["https://a.example"]
    );
    assert_eq!(
        origins("[salon]\norigin = \"http://a.example:443\"", "127.0.0.1:3000"),
        ["http://a.example:443"]
    );
    assert!(origins("", "127.0.0.1:80").contains(&"http://localhost".to_owned()));
    assert!(origins("", "127.0.0.1:3000").contains(&"http://[::1]:3000".to_owned()));
}

#[test]
fn our_own_file_is_right_and_agrees_with_the_build() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = Config::read(Overrides { config: Some(here.join(FILE)), ..Overrides::default() });
    assert!(config.is_ok(), "{config:?}");

    let table = |name: &str| -> toml::Table {
        let text = fs::read_to_string(here.join(name)).expect("the file is there");
        let all: toml::Table = text.parse().expect("it is TOML");
        let leptos = all["package"]["metadata"]["leptos"].as_table().expect("it has a part for Leptos");
        leptos.clone()
    };
    let (ours, build) = (table(FILE), table("Cargo.toml"));
    for (key, value) in ours.iter().filter(|(key, _)| build.contains_key(*key)) {
        assert_eq!(Some(value), build.get(key), "{key} differs between {FILE} and Cargo.toml");
    }
}

#[test]
fn a_gateway_is_named_with_what_it_needs() {
    assert!(refusal("[salon.sms]\ngateway = \"termii\"").contains("API key"));
    let with = |more: &str| format!("[salon.sms]\ngateway = \"termii\"\napi_key = \"k\"\n{more}");
    assert!(read(&with("")).is_ok());
    assert!(refusal(&with("sender = \"Far too long a name\"")).contains("3 to 11"));
    assert!(refusal(&with("base_url = \"http://sms.example.org\"")).contains("https://"));
    assert!(refusal(&with("base_url = \"https://user@sms.example.org\"")).contains("https://"));
    assert!(refusal(&with("gateways = 1")).contains("line 4"));
    for base in ["https://sms.example.org/", "http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost"]
    {
        assert!(read(&with(&format!("base_url = \"{base}\""))).is_ok(), "{base}");
    }
    let config = read(&with("")).expect("right settings");
    assert!(!format!("{config:?}").contains("\"k\""), "a key is printed nowhere");
}

#[test]
fn what_the_environment_says_of_a_gateway_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Leptos.toml");
    fs::write(&path, "[salon.sms]\ngateway = \"termii\"\nsender = \"File\"").expect("a file");
    let sms = SmsOverrides { api_key: Some("k".parse().expect("a key")), ..SmsOverrides::default() };
    let config = Config::read(Overrides { config: Some(path), sms, ..Overrides::default() });
    let SmsSettings { gateway, sender, .. } = config.expect("right settings").sms;
    assert_eq!((gateway, sender.as_str()), (SmsGateway::Termii, "File"));
}

#[test]
fn nobody_is_called_unless_a_setting_says_so() {
    let reach = |text: &str| read(text).expect("right settings").webhooks.reach;
    assert_eq!(reach(""), Reach::Nowhere);
    assert_eq!(reach("[salon.webhooks]"), Reach::Nowhere);
    assert_eq!(reach("[salon.webhooks]\nreach = \"internet\""), Reach::Internet);
    assert_eq!(reach("[salon.webhooks]\nreach = \"anywhere\""), Reach::Anywhere);
    assert!(refusal("[salon.webhooks]\nreach = \"everywhere\"").contains("line 2"));
    assert!(refusal("[salon.webhooks]\nreaches = \"internet\"").contains("line 2"));
}

#[test]
fn what_the_environment_says_of_webhooks_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Leptos.toml");
    fs::write(&path, "[salon.webhooks]\nreach = \"anywhere\"").expect("a file");
    let with = |reach| Config::read(Overrides { config: Some(path.clone()), reach, ..Overrides::default() });
    let reach = |reach| with(reach).expect("right settings").webhooks.reach;
    assert_eq!((reach(Some(Reach::Nowhere)), reach(None)), (Reach::Nowhere, Reach::Anywhere));
}
