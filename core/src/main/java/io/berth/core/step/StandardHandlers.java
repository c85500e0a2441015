package io.berth.core.step;

import io.berth.core.plan.Step;
import io.berth.core.run.Handlers;
import io.berth.core.run.StepHandler;

/** The handlers Berth runs with. */
public final class StandardHandlers implements Handlers {
    private final CreateVolumeHandler createVolume = new CreateVolumeHandler();
    private final AttachVolumeHandler attachVolume = new AttachVolumeHandler();
    private final ClearDeviceHandler clearDevice = new ClearDeviceHandler();
    private final PublishLinkHandler publishLink = new PublishLinkHandler();
    private final AdvanceCheckpointHandler advanceCheckpoint = new AdvanceCheckpointHandler();
    private final RehearseLedgerHandler rehearseLedger = new RehearseLedgerHandler();
    private final WriteSampleHandler writeSample = new WriteSampleHandler();
    private final CompareSampleHandler compareSample = new CompareSampleHandler();
    private final PauseGuestHandler pauseGuest = new PauseGuestHandler();
    private final MeasureGuestHandler measureGuest = new MeasureGuestHandler();
    private final SaveMemoryHandler saveMemory = new SaveMemoryHandler();
    private final CreateStagingFileHandler createStagingFile = new CreateStagingFileHandler();
    private final UploadImageHandler uploadImage = new UploadImageHandler();
    private final FlushDeviceHandler flushDevice = new FlushDeviceHandler();
    private final VerifyImageHandler verifyImage = new VerifyImageHandler();
    private final MakeTransientHandler makeTransient = new MakeTransientHandler();
    private final CommitCheckpointHandler commitCheckpoint = new CommitCheckpointHandler();
    private final IdentifyImageHandler identifyImage = new IdentifyImageHandler();
    private final AdoptImageHandler adoptImage = new AdoptImageHandler();
    private final DestroyGuestHandler destroyGuest = new DestroyGuestHandler();
    private final ForgetGuestHandler forgetGuest = new ForgetGuestHandler();
    private final EndGuestHandler endGuest = new EndGuestHandler();
    private final MarkReleasedHandler markReleased = new MarkReleasedHandler();
    private final DropCacheHandler dropCache = new DropCacheHandler();
    private final RestorePausedHandler restorePaused = new RestorePausedHandler();
    private final ResumeGuestHandler resumeGuest = new ResumeGuestHandler();
    private final MakePersistentHandler makePersistent = new MakePersistentHandler();
    private final MigrateGuestHandler migrateGuest = new MigrateGuestHandler();
    private final FindSharingHandler findSharing = new FindSharingHandler();
    private final BringDirectoryHandler bringDirectory = new BringDirectoryHandler();
    private final LeaveDirectoryHandler leaveDirectory = new LeaveDirectoryHandler();
    private final SetDirectoryAsideHandler setDirectoryAside = new SetDirectoryAsideHandler();
    private final DeleteDirectoryHandler deleteDirectory = new DeleteDirectoryHandler();
    private final KeepDirectoryHandler keepDirectory = new KeepDirectoryHandler();
    private final RemoveLinkHandler removeLink = new RemoveLinkHandler();
    private final RemoveStagingFileHandler removeStagingFile = new RemoveStagingFileHandler();
    private final DiscardTailHandler discardTail = new DiscardTailHandler();
    private final DetachVolumeHandler detachVolume = new DetachVolumeHandler();
    private final DeleteVolumeHandler deleteVolume = new DeleteVolumeHandler();

    @Override
    @SuppressWarnings("unchecked") // each case pairs a kind with the handler of that very kind
    public StepHandler<Step> of(Step step) {
        return (StepHandler<Step>) (StepHandler<?>)
                switch (step) {
                    case Step.CreateVolume _ -> createVolume;
                    case Step.AttachVolume _ -> attachVolume;
                    case Step.ClearDevice _ -> clearDevice;
                    case Step.PublishLink _ -> publishLink;
                    case Step.AdvanceCheckpoint _ -> advanceCheckpoint;
                    case Step.RehearseLedger _ -> rehearseLedger;
                    case Step.WriteSample _ -> writeSample;
                    case Step.CompareSample _ -> compareSample;
                    case Step.PauseGuest _ -> pauseGuest;
                    case Step.MeasureGuest _ -> measureGuest;
                    case Step.SaveMemory _ -> saveMemory;
                    case Step.CreateStagingFile _ -> createStagingFile;
                    case Step.UploadImage _ -> uploadImage;
                    case Step.FlushDevice _ -> flushDevice;
                    case Step.VerifyImage _ -> verifyImage;
                    case Step.MakeTransient _ -> makeTransient;
                    case Step.CommitCheckpoint _ -> commitCheckpoint;
                    case Step.IdentifyImage _ -> identifyImage;
                    case Step.AdoptImage _ -> adoptImage;
                    case Step.DestroyGuest _ -> destroyGuest;
                    case Step.ForgetGuest _ -> forgetGuest;
                    case Step.EndGuest _ -> endGuest;
                    case Step.MarkReleased _ -> markReleased;
                    case Step.DropCache _ -> dropCache;
                    case Step.RestorePaused _ -> restorePaused;
                    case Step.ResumeGuest _ -> resumeGuest;
                    case Step.MakePersistent _ -> makePersistent;
                    case Step.MigrateGuest _ -> migrateGuest;
                    case Step.FindSharing _ -> findSharing;
                    case Step.BringDirectory _ -> bringDirectory;
                    case Step.LeaveDirectory _ -> leaveDirectory;
                    case Step.SetDirectoryAside _ -> setDirectoryAside;
                    case Step.DeleteDirectory _ -> deleteDirectory;
                    case Step.KeepDirectory _ -> keepDirectory;
                    case Step.RemoveLink _ -> removeLink;
                    case Step.RemoveStagingFile _ -> removeStagingFile;
                    case Step.DiscardTail _ -> discardTail;
                    case Step.DetachVolume _ -> detachVolume;
                    case Step.DeleteVolume _ -> deleteVolume;
                };
    }
}
