package dev.mtc.engine.internal.objects;

import java.util.Objects;

/** Writes the version that the target takes, where the fields are the same in both. */
final class VersionChange implements BuiltInTransform {

    @Override
    public void apply(Draft draft) {
        String captured = Json.text(draft.object(), "apiVersion");
        String wanted = draft.type().apiVersion();
        if (Objects.equals(captured, wanted)) {
            return;
        }
        draft.object().put("apiVersion", wanted);
        boolean selectsNothing = draft.is("poddisruptionbudgets.policy")
                && captured.endsWith("/v1beta1")
                && draft.object().path("spec").path("selector").isEmpty();
        if (selectsNothing) {
            draft.warn(
                    "SelectorMeansAll",
                    "its empty selector means no pod in policy/v1beta1 and every pod in policy/v1",
                    "give it a selector or exclude it");
        }
    }
}
