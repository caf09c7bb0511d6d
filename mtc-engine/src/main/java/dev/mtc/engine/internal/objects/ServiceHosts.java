package dev.mtc.engine.internal.objects;

/**
 * Follows renamed namespaces in host names of services: always in the name that an ExternalName Service stands for; in texts,
 * such as environment variables, arguments, ConfigMaps and Secrets, if the plan asks for it, naming every place.
 */
final class ServiceHosts implements BuiltInTransform {

    static final String EXTERNAL_NAME = "spec.externalName";

    private final ServiceHostNames names;
    private final boolean everywhere;

    ServiceHosts(RestoreSettings settings, Surroundings surroundings) {
        this.names = new ServiceHostNames(settings, surroundings);
        this.everywhere = settings.plan().rewritesServiceHosts();
    }

    @Override
    public String name() {
        return "service hosts";
    }

    @Override
    public void apply(Draft draft) {
        if (names.isAnyRenamed() && (everywhere || draft.is("services"))) {
            Texts.visit(draft, (path, text) -> isFollowed(draft, path) ? followed(draft, path, text) : text);
        }
    }

    private boolean isFollowed(Draft draft, String path) {
        return everywhere || (draft.is("services") && path.equals(EXTERNAL_NAME));
    }

    private String followed(Draft draft, String path, String text) {
        names.in(text).stream()
                .filter(ServiceHostNames.Found::certain)
                .distinct()
                .forEach(found -> draft.advise(
                        "ServiceHostRewritten",
                        path + " names " + found.becomes() + " instead of " + found.host(),
                        "nothing is to be done"));
        return names.rewritten(text);
    }
}
