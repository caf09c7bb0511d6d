package dev.mtc.engine.internal.objects;

import java.util.Optional;

/**
 * Lets the target's router name Routes whose host the source's router had generated. Hosts that the user chose stay; those in the
 * domain of the source's router are named, as the world asks the source for them.
 */
final class Routes implements BuiltInTransform {

    private static final String GENERATED = "openshift.io/host.generated";

    @Override
    public String name() {
        return "routes";
    }

    /** Comes before the status is removed, which knows the router. */
    @Override
    public void apply(Draft draft) {
        if (!draft.is("routes.route.openshift.io")) {
            return;
        }
        if (draft.annotation(GENERATED).equals("true")) {
            draft.spec().remove("host");
            draft.removeAnnotation(GENERATED);
            return;
        }
        String host = Json.text(draft.spec(), "host");
        sourceDomain(draft)
                .filter(domain -> host.endsWith("." + domain))
                .ifPresent(domain -> draft.warn(
                        "HostOfSource",
                        "its host " + host + " is in the domain of the source's router, " + domain,
                        "let it follow with Transforms.rewriteHosts(\"" + domain + "\", …), or change the DNS entry"));
    }

    /** A router calls itself {@code router-default.apps.example.com}. */
    private static Optional<String> sourceDomain(Draft route) {
        return Json.objects(route.object().path("status").path("ingress")).stream()
                .map(ingress -> Json.text(ingress, "routerCanonicalHostname"))
                .filter(name -> name.indexOf('.') > 0)
                .map(name -> name.substring(name.indexOf('.') + 1))
                .findFirst();
    }
}
