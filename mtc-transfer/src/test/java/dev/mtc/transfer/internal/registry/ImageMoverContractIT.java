package dev.mtc.transfer.internal.registry;

import dev.mtc.api.contract.ImageMoverContract;
import dev.mtc.api.spi.ImageMove;
import dev.mtc.api.spi.ImageMover;
import dev.mtc.api.spi.MoverContext;
import dev.mtc.transfer.testing.FakeRegistry;
import org.junit.jupiter.api.AfterEach;

/** The contract of image movers, between two fake registries. */
class ImageMoverContractIT extends ImageMoverContract {

    private final FakeRegistry source = FakeRegistry.open();
    private final FakeRegistry target = FakeRegistry.withTokens("mover", "secret");
    private final RunContext context = new RunContext("contract", source.connection(), target.connection());

    @AfterEach
    void close() {
        context.close();
        source.close();
        target.close();
    }

    @Override
    protected ImageMover newMover() {
        return new RegistryImageMover();
    }

    @Override
    protected MoverContext context() {
        return context;
    }

    @Override
    protected ImageMove image() {
        source.putImage("shop/web:1", 1000, 300_000);
        return move("shop/web:1");
    }

    @Override
    protected ImageMove imageWithEmptyLayer() {
        source.putImage("shop/empty:1", 1000, 0);
        return move("shop/empty:1");
    }

    @Override
    protected ImageMove unknownImage() {
        return move("shop/web:unknown");
    }

    private ImageMove move(String image) {
        return new ImageMove(image, source.host() + "/" + image, target.host() + "/moved/" + image);
    }

    @Override
    protected String digest(String reference) {
        FakeRegistry registry = reference.startsWith(source.host()) ? source : target;
        return registry.digest(reference.substring(registry.host().length() + 1))
                .orElseThrow();
    }
}
