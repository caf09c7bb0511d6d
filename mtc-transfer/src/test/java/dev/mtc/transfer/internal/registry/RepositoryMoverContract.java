package dev.mtc.transfer.internal.registry;

import dev.mtc.api.Side;
import dev.mtc.api.contract.ImageMoverContract;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.api.spi.ObjectStore;
import dev.mtc.api.spi.RepositoryImage;
import dev.mtc.transfer.testing.FakeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of image movers, between a fake registry and an object store. */
abstract class RepositoryMoverContract extends ImageMoverContract {

    private static final String PLAN = "shop-1a2b";

    private final FakeRegistry registry = FakeRegistry.withTokens("mover", "secret");
    private ObjectStore store;
    private RunContext context;

    /** {@return an empty store} */
    abstract ObjectStore open();

    /** {@return the leg that the test is about} */
    abstract Leg leg();

    /** Which way. */
    enum Leg {
        TO_THE_REPOSITORY,
        FROM_THE_REPOSITORY
    }

    @BeforeEach
    void openStore() {
        store = open();
        context = new RunContext("contract", store, registry.connection());
    }

    @AfterEach
    void close() {
        context.close();
        store.close();
        registry.close();
    }

    @Override
    protected ImageMover newMover() {
        return new RepositoryImageMover();
    }

    @Override
    protected MoverContext context() {
        return context;
    }

    @Override
    protected ImageMove image() {
        registry.putImage("shop/web:1", 1000, 300_000);
        return move("shop/web:1");
    }

    @Override
    protected ImageMove imageWithEmptyLayer() {
        registry.putImage("shop/empty:1", 1000, 0);
        return move("shop/empty:1");
    }

    private ImageMove move(String image) {
        String source = registry.host() + "/" + image;
        String stored = new RepositoryImage(PLAN, source).toString();
        if (leg() == Leg.TO_THE_REPOSITORY) {
            return new ImageMove(image, source, stored);
        }
        Copying.copied(newMover(), new ImageMove("first", source, stored), context);
        return new ImageMove(image, stored, registry.host() + "/moved/" + image);
    }

    @Override
    protected ImageMove unknownImage() {
        String source = registry.host() + "/shop/web:unknown";
        String stored = new RepositoryImage(PLAN, source).toString();
        return leg() == Leg.TO_THE_REPOSITORY
                ? new ImageMove("unknown", source, stored)
                : new ImageMove("unknown", stored, registry.host() + "/moved/shop/web:unknown");
    }

    @Override
    protected String digest(String reference) {
        ImageReference image = RepositoryImage.parse(reference)
                .map(ImageReference::of)
                .orElseGet(() -> ImageReference.parse(reference));
        Retries retries = new Retries(Limits.DEFAULT, new Halt());
        RunWork work = new RunWork(context, Limits.DEFAULT, new SharedBlobs());
        try {
            return work.repository(Side.TARGET, image, retries)
                    .find("" + image.tag())
                    .orElseThrow()
                    .digest()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
