package dev.mtc.engine.internal.objects;

/** Lets the target's router name Routes whose host the source's router had generated; hosts that the user chose stay. */
final class Routes implements BuiltInTransform {

    private static final String GENERATED = "openshift.io/host.generated";

    @Override
    public void apply(Draft draft) {
        if (draft.is("routes.route.openshift.io") && draft.annotation(GENERATED).equals("true")) {
            draft.spec().remove("host");
            draft.removeAnnotation(GENERATED);
        }
    }
}
