package dev.mtc.engine.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mtc.engine.internal.companion.CompanionKinds;
import java.util.List;

/** Says of webhooks whose service gets another namespace that the certificate in front of it names the old one. Changes nothing. */
final class WebhookCertificates implements BuiltInTransform {

    private final RestoreSettings settings;

    WebhookCertificates(RestoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "webhook certificates";
    }

    @Override
    public void apply(Draft draft) {
        if (!CompanionKinds.WEBHOOKS.contains(draft.resource())) {
            return;
        }
        List<String> hosts = Json.objects(draft.object().path("webhooks")).stream()
                .flatMap(webhook -> Json.object(webhook, "clientConfig").stream())
                .filter(client -> !Json.text(client, "caBundle").isEmpty())
                .flatMap(client -> Json.object(client, "service").stream())
                .filter(service -> settings.isRenamed(Json.text(service, "namespace")))
                .map(WebhookCertificates::host)
                .distinct()
                .toList();
        if (!hosts.isEmpty()) {
            draft.warn(
                    "WebhookCertificate",
                    "its namespace gets another name, but its certificate is for " + String.join(", ", hosts)
                            + ", so calls fail if that names no other host",
                    "issue a certificate for the new host name, or let a certificate controller inject one");
        }
    }

    private static String host(ObjectNode service) {
        return Json.text(service, "name") + "." + Json.text(service, "namespace") + ".svc";
    }
}
