package io.berth.opennebula.message;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the core sends with a request for the VM driver. Host, datastore and checkpoint are those the request is about;
 * the VM's history may already speak of the next place. Not to be logged: datastores' passwords are in it.
 *
 * @param payload as it came, base64
 * @param root all of it
 */
public record DriverMessage(String payload, Element root) {
    private static final String ROOT = "VMM_DRIVER_ACTION_DATA";

    /** @throws Failure {@code message.not-base64}, {@code message.not-utf8}, {@code message.no-vm}, {@code xml.*} */
    public static DriverMessage parse(String payload) {
        var root = ElementReader.read(text(payload));
        if (!root.name().equals(ROOT)) {
            throw unusable("message.no-vm", "it is no " + ROOT);
        }
        if (root.children("VM").findFirst().isEmpty()) {
            throw unusable("message.no-vm", "there is no VM in it");
        }
        return new DriverMessage(payload, root);
    }

    static String text(String payload) {
        try {
            var bytes = Base64.getDecoder().decode(payload);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException notBase64) {
            throw unusable("message.not-base64", "it isn't base64: " + notBase64.getMessage());
        } catch (CharacterCodingException notUtf8) {
            throw unusable("message.not-utf8", "it isn't UTF-8");
        }
    }

    private static Failure unusable(String code, String why) {
        return Failure.of(FailureKind.CALLER, code, "the core's message can't be used")
                .why(why)
                .next(
                        "look for a line that was cut off in oned.log; 'onevm recover --retry' sends what is about a VM again")
                .build();
    }

    /** The host it is about; empty when the core left it empty. */
    public String host() {
        return head("HOST");
    }

    /** Where a migration leads. */
    public String destination() {
        return head("MIGR_HOST");
    }

    public String deployId() {
        return head("DEPLOY_ID");
    }

    /** The domain's definition on the front-end. */
    public String localDeploymentFile() {
        return head("LOCAL_DEPLOYMENT_FILE");
    }

    /** Where stock's scripts on the host find it. */
    public String remoteDeploymentFile() {
        return head("REMOTE_DEPLOYMENT_FILE");
    }

    public String checkpointFile() {
        return head("CHECKPOINT_FILE");
    }

    /** What the transfer manager has to do, one command a line. */
    public List<TransferCommand> transferCommands() {
        return TransferCommand.lines(head("TM_COMMAND"));
    }

    /** What undoes it. */
    public List<TransferCommand> rollbackCommands() {
        return TransferCommand.lines(head("TM_COMMAND_ROLLBACK"));
    }

    public String diskTargetPath() {
        return head("DISK_TARGET_PATH");
    }

    public Element vm() {
        return root.children("VM").findFirst().orElseThrow();
    }

    /** The datastore's own description, empty if the core sent none. */
    public Optional<Element> datastore() {
        return root.children("DATASTORE").findFirst();
    }

    public Optional<String> text(ElementPath path) {
        return root.text(path);
    }

    /** What the request is about, without what the core knows of the VM besides: the same twice is the same request. */
    public String subject() {
        var subject = new StringBuilder();
        root.children().stream()
                .filter(child -> !child.name().equals("VM") && !child.name().equals("DATASTORE"))
                .forEach(child -> subject.append(child.source()));
        return subject.toString();
    }

    private String head(String name) {
        return root.children(name).findFirst().map(Element::text).orElse("");
    }

    @Override
    public String toString() {
        return "message about a VM at " + host();
    }
}
