package dev.mtc.transfer.internal.pods;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves the contract of a class to runs with {@code -Dmtc.exhaustive=true}, where another real test of the same mover runs it. */
public final class OwnTestsUnlessExhaustive implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean isOwn = context.getTestMethod()
                .map(method -> method.getDeclaringClass() == context.getRequiredTestClass())
                .orElse(true);
        return isOwn || RealBed.isExhaustive()
                ? ConditionEvaluationResult.enabled("asked for")
                : ConditionEvaluationResult.disabled("only with -Dmtc.exhaustive=true");
    }
}
