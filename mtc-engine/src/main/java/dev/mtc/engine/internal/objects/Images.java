package dev.mtc.engine.internal.objects;

import java.util.function.UnaryOperator;

/** Changes image references in every pod template, and of image streams and builds that name registry images. */
final class Images implements BuiltInTransform {

    private final UnaryOperator<String> rewrite;

    Images(UnaryOperator<String> rewrite) {
        this.rewrite = rewrite;
    }

    @Override
    public String name() {
        return "images";
    }

    @Override
    public void apply(Draft draft) {
        if (ImageFields.mayBeIn(draft.type())) {
            ImageFields.in(draft.resource(), draft.object())
                    .forEach(field -> field.image(rewrite.apply(field.image())));
        }
    }
}
