//! One write that is intended: what is there, what it is to be, and the write itself on condition that nobody else has written since.

use sekisho_aws::{CallError, Connection, ExchangeError, NewParameter, NewSecret, StoredName, Written};
use sekisho_model::Secret;
use sekisho_model::declaration::{Environment, SecretDeclaration};
use sekisho_model::observed::ParameterId;

use super::Place;
use super::kept::{Kept, There};
use crate::convention::Convention;
use crate::endpoint::Reached;
use crate::failure::{Failure, WRITE};
use crate::files::Manifest;
use crate::session::Session;

/// Where writes go, and under which demands.
pub(super) struct Desk<'a> {
    pub(super) session: &'a Session,
    pub(super) environment: &'a Environment,
    pub(super) reached: &'a Reached,
    pub(super) convention: Convention<'a>,
    /// Whether a version that has moved is overwritten all the same.
    pub(super) force: bool,
}

/// One intended write.
#[derive(Debug)]
pub(super) struct Order<'a> {
    pub(super) secret: &'a SecretDeclaration,
    pub(super) place: Place,
    pub(super) kept: Kept,
    pub(super) value: Secret<String>,
}

/// What a write would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Create,
    Change,
    Nothing,
}

impl Order<'_> {
    pub(super) fn effect(&self) -> Effect {
        match &self.kept {
            Kept::There(_) if self.kept.text().is_some_and(|text| text.expose() == self.value.expose()) => Effect::Nothing,
            Kept::There(_) => Effect::Change,
            _ => Effect::Create,
        }
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        session: &'a Session,
        manifest: &'a Manifest,
        environment: &'a Environment,
        reached: &'a Reached,
        force: bool,
    ) -> Result<Self, Failure> {
        let convention = Convention::of(Some((&manifest.declaration, environment)))?;
        Ok(Self { session, environment, reached, convention, force })
    }

    /// The exact ARN of what is at `place`. That of a secret which does not exist yet ends with six characters that only AWS knows.
    pub(super) fn arn(&self, place: &Place, kept: &Kept) -> String {
        match (place, kept) {
            (_, Kept::There(There { arn: Some(arn), .. }) | Kept::Deleting { arn }) => arn.clone(),
            (Place::Parameter(id), _) => self.reached.parameter_arn(id),
            (Place::Secret(id), _) if id.id.starts_with("arn:") => id.id.clone(),
            (Place::Secret(id), _) => self.reached.new_secret_arn(&id.region, None, &id.id),
            (Place::Plaintext, _) => String::new(),
        }
    }

    /// Refuses what no write could mend: a secret that is being deleted, a name outside the convention, tags that nobody has.
    pub(super) fn check(&self, secret: &SecretDeclaration, place: &Place, kept: &Kept) -> Result<(), Failure> {
        if matches!(place, Place::Plaintext) {
            return Err(self.no_store(secret));
        }
        if let Kept::Deleting { .. } = kept {
            return Err(Failure::new("set-deleted").with("name", &secret.name).with("environment", &self.environment.name).exiting(WRITE));
        }
        if managed_elsewhere(secret, self.environment) {
            return Ok(());
        }
        self.convention.check_name(place.shown())?;
        if !kept.exists() {
            self.convention.tags_of_new(Some(secret), place.shown())?;
        }
        Ok(())
    }

    /// Writes `order`, whose [`Desk::check`] has passed.
    pub(super) async fn write(&self, order: &Order<'_>) -> Result<Written, Failure> {
        let target = order.place.shown();
        let failed = |error: CallError| Failure::write(error, target);
        let connection = &self.reached.connection;
        let Kept::There(there) = &order.kept else {
            return match self.create(order).await? {
                Err(error) if error.class == sekisho_aws::ErrorClass::Exists => Err(Failure::moved(target, None)),
                written => written.map_err(failed),
            };
        };
        if self.convention.asks_for_tags() && !managed_elsewhere(order.secret, self.environment) {
            self.add_tags(order).await?;
        }
        let exchanged = match &order.place {
            Place::Parameter(_) => self.exchange_parameter(order, there, connection).await,
            Place::Secret(id) if self.force => match connection.put_secret_value(id, &order.value).await {
                Ok(written) => Ok((written, false)),
                Err(error) => Err(error.into()),
            },
            Place::Secret(id) => {
                let exchanged = connection.exchange_secret_value(id, &order.value, there.version.as_deref()).await;
                exchanged.map(|exchanged| (exchanged.written, exchanged.between))
            }
            Place::Plaintext => return Err(self.no_store(order.secret)),
        };
        match exchanged {
            Ok((written, false)) => Ok(written),
            Ok((written, true)) => {
                Err(Failure::new("write-between").with("target", target).with("version", &written.version).exiting(WRITE))
            }
            Err(ExchangeError::Moved { now }) => Err(Failure::moved(target, now)),
            Err(ExchangeError::Call(error)) => Err(failed(error)),
        }
    }

    async fn exchange_parameter(
        &self,
        order: &Order<'_>,
        there: &There,
        connection: &Connection,
    ) -> Result<(Written, bool), ExchangeError> {
        let new = self.parameter(order, there);
        let expected = there.version.as_deref().and_then(|version| version.parse::<i64>().ok());
        match expected.filter(|_| !self.force) {
            Some(expected) => connection.exchange_parameter(&new, expected).await.map(|exchanged| (exchanged.written, exchanged.between)),
            None => Ok((connection.put_parameter(&new).await?, false)),
        }
    }

    /// The next version of a parameter that exists: its type, tier and key stay, which AWS would not see to by itself.
    fn parameter(&self, order: &Order<'_>, there: &There) -> NewParameter {
        let Place::Parameter(id) = &order.place else { return self.new_parameter(order) };
        let known = there.parameter.as_ref();
        let kind = known.map(|known| known.kind.clone()).filter(|kind| !kind.is_empty());
        let is_plain = kind.as_deref().is_some_and(|kind| kind != "SecureString");
        if is_plain {
            self.session.tell("set-plain-string", &[("target", id.name.clone())]);
        }
        let key = known.and_then(|known| known.key.value().cloned().flatten()).filter(|_| !is_plain);
        // A standard parameter may grow; an advanced one cannot go back, and says so where it is told to.
        let tier = known.and_then(|known| known.tier.value().cloned()).filter(|tier| tier != "Standard");
        NewParameter { kind, tier, key, overwrite: true, tags: Vec::new(), ..self.new_parameter(order) }
    }

    fn new_parameter(&self, order: &Order<'_>) -> NewParameter {
        let id = match &order.place {
            Place::Parameter(id) => id.clone(),
            other => ParameterId { region: String::new(), account: None, name: other.shown().to_owned() },
        };
        NewParameter {
            id,
            value: order.value.clone(),
            kind: None,
            tier: None,
            key: self.key(),
            // What somebody has written there since stays.
            description: if order.kept.exists() { None } else { order.secret.description.clone() },
            tags: Vec::new(),
            overwrite: false,
        }
    }

    async fn create(&self, order: &Order<'_>) -> Result<Result<Written, CallError>, Failure> {
        let tags = self.convention.tags_of_new(Some(order.secret), order.place.shown())?;
        Ok(match &order.place {
            Place::Parameter(_) => self.reached.connection.put_parameter(&NewParameter { tags, ..self.new_parameter(order) }).await,
            Place::Secret(id) => {
                let (value, description) = (order.value.clone(), order.secret.description.clone());
                let new = NewSecret { id: id.clone(), value, key: self.key(), description, tags, arn_suffix: None };
                self.reached.connection.create_secret(&new).await
            }
            Place::Plaintext => return Err(self.no_store(order.secret)),
        })
    }

    fn key(&self) -> Option<String> {
        self.environment.kms_key.as_ref().map(|key| key.value.clone())
    }

    /// Adds the required tags that the manifest declares and that are not there.
    async fn add_tags(&self, order: &Order<'_>) -> Result<(), Failure> {
        let (connection, target) = (&self.reached.connection, order.place.shown());
        let failed = |error: CallError| Failure::write(error, target);
        let has = match &order.place {
            Place::Parameter(id) => connection.parameter_tags(id).await,
            Place::Secret(id) => connection.secret_tags(id).await,
            Place::Plaintext => return Ok(()),
        };
        let add = self.convention.tags_to_add(Some(order.secret), has.map_err(failed)?, target)?;
        if add.is_empty() {
            return Ok(());
        }
        match &order.place {
            Place::Parameter(id) => connection.tag_parameter(id, &add).await,
            Place::Secret(id) => connection.tag_secret(id, &add).await,
            Place::Plaintext => Ok(()),
        }
        .map_err(failed)
    }

    pub(super) fn no_store(&self, secret: &SecretDeclaration) -> Failure {
        Failure::new("plaintext-has-no-store").with("name", &secret.name).with("environment", &self.environment.name)
    }
}

/// Whether the manifest names what is there by its ARN: its name and its tags are somebody else's.
pub(super) fn managed_elsewhere(secret: &SecretDeclaration, environment: &Environment) -> bool {
    secret.environments.get(&environment.name).is_some_and(|there| there.arn.is_some())
}

/// The name of what was written, for people.
pub(super) fn name_of(written: &Written) -> &str {
    match &written.stored {
        StoredName::Parameter(name) | StoredName::Secret(name) => name,
    }
}
